import { flowLog, vpcEndpoint } from './endpoints';
import { eip, natGateway } from './gateways';
import { launchTemplate } from './launch-template';
import { internetGateway, subnet, vpc } from './network';
import { vpcPeeringConnection, vpcPeeringConnectionAccepter } from './peering';
import { route, routeTable, routeTableAssociation } from './routes';
import { defaultSecurityGroup, egressRule, ingressRule, securityGroup } from './security-groups';

export const ec2 = [
  vpc,
  subnet,
  internetGateway,
  eip,
  natGateway,
  routeTable,
  route,
  routeTableAssociation,
  vpcEndpoint,
  flowLog,
  securityGroup,
  defaultSecurityGroup,
  ingressRule,
  egressRule,
  vpcPeeringConnection,
  vpcPeeringConnectionAccepter,
  launchTemplate,
];
