import { type PanelKind, panelQuery, type Watched } from './panel-queries';

/** A panel: what it shows, over what. */
export type Panel = { title: string } & PanelKind;

/** Columns of Cloud Monitoring's grid, and how many panels share a row. */
const columns = 48;
const panelsInARow = 3;
const height = 16;

/** A dashboard as Cloud Monitoring's API takes it (dashboards.create), panels left to right, row after row. */
export function dashboardBody(title: string, watched: Watched, panels: Panel[]) {
  const width = columns / panelsInARow;
  return {
    displayName: title,
    mosaicLayout: {
      columns,
      tiles: panels.map((panel, at) => {
        const { timeSeriesQuery, unit } = panelQuery(panel, watched);
        return {
          xPos: (at % panelsInARow) * width,
          yPos: Math.floor(at / panelsInARow) * height,
          width,
          height,
          widget: {
            title: panel.title,
            xyChart: { dataSets: [{ plotType: 'LINE', timeSeriesQuery }], yAxis: { scale: 'LINEAR', label: unit } },
          },
        };
      }),
    },
  };
}
