import { address, globalAddress } from './addresses';
import { firewall } from './firewall';
import { network } from './network';
import { serviceConnection, serviceConnectionPolicy } from './private-services';
import { router, routerNat } from './router';
import { subnetwork } from './subnetwork';

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
