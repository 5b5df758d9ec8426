import { address, globalAddress } from './addresses';
import { firewall } from './firewall';
import { network, router, routerNat, subnetwork } from './network';
import { serviceConnection, serviceConnectionPolicy } from './private-services';

export const networking = [
  network,
  subnetwork,
  router,
  routerNat,
  address,
  globalAddress,
  firewall,
  serviceConnection,
  serviceConnectionPolicy,
];
