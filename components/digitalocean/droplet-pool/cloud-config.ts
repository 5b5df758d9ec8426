import { stringify } from 'yaml';

/** DigitalOcean's limit on user data (Droplets, API reference). */
const limit = 64 * 1024;

export interface CloudConfig {
  packages: string[];
  write_files: { path: string; permissions: string; owner: string; content: string }[];
  runcmd: string[][];
}

/**
 * A first-boot document for cloud-init.
 *
 * @throws Error for a document above 64 KiB, with its size
 */
export function cloudConfig(document: CloudConfig): string {
  // cloud-init reads YAML 1.1, where `0600` and `yes` would be a number and a boolean. No folding: lines stay whole.
  const text = `#cloud-config\n${stringify(document, { version: '1.1', lineWidth: 0 })}`;
  const size = Buffer.byteLength(text);
  if (size > limit) {
    throw new Error(
      `user data would have ${size} bytes and DigitalOcean takes ${limit}: give the service fewer or shorter variables`,
    );
  }
  return text;
}

export function file(path: string, permissions: string, content: string): CloudConfig['write_files'][number] {
  return { path, permissions, owner: 'root:root', content };
}
