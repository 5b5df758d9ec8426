/** A repository of Artifact Registry, taken from the reference of an image in it. */
export interface ImageRepository {
  /** Host of the registry, e.g. `us-central1-docker.pkg.dev`. */
  host: string;
  project: string;
  location: string;
  repository: string;
}

/** The repository that an image is in, or undefined for any other registry. */
export function imageRepository(image: string): ImageRepository | undefined {
  const parts = /^(([a-z0-9-]+)-docker\.pkg\.dev)\/([a-z0-9.:-]+)\/([a-z0-9-]+)\//.exec(image);
  if (!parts) return undefined;
  const [, host = '', location = '', project = '', repository = ''] = parts;
  return { host, location, project, repository };
}
