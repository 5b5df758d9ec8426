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
          ...place(at, width),
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

/**
 * Where a tile stands. Google leaves out a place that is zero when it is asked for a dashboard, and the provider would take
 * that for a change at every update: so it is left out here too.
 */
function place(at: number, width: number): { xPos?: number; yPos?: number } {
  const xPos = (at % panelsInARow) * width;
  const yPos = Math.floor(at / panelsInARow) * height;
  return { ...(xPos > 0 && { xPos }), ...(yPos > 0 && { yPos }) };
}
