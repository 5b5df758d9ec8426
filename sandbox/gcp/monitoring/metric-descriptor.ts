import { google } from '../google';
import { gcp, shaped } from '../parts';

/** A metric of one's own. What is written to it is not kept here; alerts read its type. */
export const metricDescriptor = google({
  token: gcp('monitoring', 'MetricDescriptor'),
  id: 'projects/{project}/metricDescriptors/{type}',
  required: ['metricKind', 'type', 'valueType'],
  enumerations: {
    metricKind: ['METRIC_KIND_UNSPECIFIED', 'GAUGE', 'DELTA', 'CUMULATIVE'],
    valueType: ['BOOL', 'INT64', 'DOUBLE', 'STRING', 'DISTRIBUTION'],
    'labels.*.valueType': ['STRING', 'BOOL', 'INT64'],
  },
  replaceOn: ['labels', 'launchStage', 'metricKind', 'project', 'type', 'valueType'],
  computed: ['monitoredResourceTypes', 'name'],
  check: (inputs) =>
    shaped(
      inputs,
      'type',
      /^(custom|external|workload)\.googleapis\.com\/[A-Za-z0-9_/.-]{1,200}$/,
      'the type of a metric of one’s own, such as custom.googleapis.com/depth',
    ),
  make: ({ id }) => ({ state: { monitoredResourceTypes: [], name: id } }),
});
