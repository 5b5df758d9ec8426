const digest = 'sha256:ebcbe8a7b0605e19aa3303cf6d1784ad41b25cc28a39a7412b2c6297545e75b4';
const image = (name: string): string => `ghcr.io/example/${name}:1.4.2@${digest}`;

/** Images that prod takes: a version for people, a digest for the machine. */
export const svSdkImages = { app: image('sv-sdk-app'), worker: image('sv-sdk-worker') };
export const mercenaryImages = { api: image('mercenary-api') };
