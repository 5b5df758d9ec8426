import { randomBytes } from 'node:crypto';
import { isBag, type Bag } from '../../model/values';

/** The endpoint by name stands in a block of which the program gives the rest. */
export function endpoints(inputs: Bag, state: Bag): Bag {
  const block = isBag(inputs.controlPlaneEndpointsConfig)
    ? inputs.controlPlaneEndpointsConfig
    : state.controlPlaneEndpointsConfig;
  const dns = isBag(block) && isBag(block.dnsEndpointConfig) ? block.dnsEndpointConfig : {};
  return {
    controlPlaneEndpointsConfig: {
      ...(isBag(block) ? block : {}),
      dnsEndpointConfig: { ...dns, endpoint: state.dnsName ?? '' },
    },
  };
}

export const zonesOf = (location: string): string[] =>
  /-[a-z]$/.test(location) ? [] : ['a', 'b', 'c'].map((letter) => `${location}-${letter}`);

/** Only its form is that of a certificate: a cluster here has no control plane to speak to. */
export const authority = (): string =>
  Buffer.from(
    `-----BEGIN CERTIFICATE-----\n${randomBytes(192).toString('base64')}\n-----END CERTIFICATE-----\n`,
  ).toString('base64');
