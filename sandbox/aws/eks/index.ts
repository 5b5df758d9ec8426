import { accessEntry, accessPolicyAssociation, podIdentityAssociation } from './access';
import { addOn } from './add-on';
import { cluster } from './cluster';
import { nodeGroup } from './node-group';

export const eks = [cluster, nodeGroup, addOn, accessEntry, accessPolicyAssociation, podIdentityAssociation];
