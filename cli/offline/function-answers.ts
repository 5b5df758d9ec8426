/**
 * Provider functions that a plan may call: only for values, never for topology, so a placeholder can stand for each.
 */
export const functionAnswers: Record<string, (inputs: Record<string, unknown>) => Record<string, unknown>> = {
  'aws:ssm/getParameter:getParameter': (inputs) => ({ ...inputs, value: `<unknown:${String(inputs.name)}>` }),
  'aws:lb/getHostedZoneId:getHostedZoneId': (inputs) => ({
    ...inputs,
    id: `<unknown:zone-of-${String(inputs.region)}>`,
  }),
  'gcp:organizations/getProject:getProject': (inputs) => ({
    ...inputs,
    number: `<unknown:number-of-${String(inputs.projectId)}>`,
  }),
  'gcp:secretmanager/getSecretVersion:getSecretVersion': (inputs) => ({
    ...inputs,
    secretData: `<unknown:value-of-${String(inputs.secret)}>`,
  }),
  'digitalocean:index/getKubernetesVersions:getKubernetesVersions': (inputs) => ({
    ...inputs,
    latestVersion: `<unknown:newest-of-${String(inputs.versionPrefix)}>`,
    validVersions: [],
  }),
};
