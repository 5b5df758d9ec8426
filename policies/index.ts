import { PolicyPack } from '@pulumi/policy';
import { policyOf } from './crossguard';
import { exemptionsFile, readExemptions } from './exemptions';
import { rules } from './rules';

// An exemption that cannot stand keeps the pack from loading: the change is stopped, and the message says which.
const exemptions = readExemptions(exemptionsFile, rules);

new PolicyPack('stackladder', {
  description: 'What every system on the ladder must hold to, by phase and environment',
  policies: rules.map((rule) => policyOf(rule, exemptions)),
});
