import { at, list, present, UNKNOWN, type Unknown, type Value } from './values';

/** One statement of an IAM policy document, its lists made lists. */
export interface Statement {
  allows: boolean;
  actions: Value[];
  resources: Value[];
  /** `NotAction` or `NotResource`: everything except a few. */
  inverted: { actions: boolean; resources: boolean };
  condition: Value;
  principals: Value[];
}

/** The statements of a policy document, given as JSON text or as an object. UNKNOWN where it cannot be read. */
export function statementsOf(document: Value): Statement[] | Unknown {
  const parsed = typeof document === 'string' ? parse(document) : document;
  if (parsed === UNKNOWN || typeof parsed !== 'object' || parsed === null) return UNKNOWN;
  const statements = at(parsed, 'Statement');
  if (statements === UNKNOWN || list(statements).includes(UNKNOWN)) return UNKNOWN;
  return list(statements).map((statement) => ({
    allows: at(statement, 'Effect') !== 'Deny',
    actions: [...list(at(statement, 'Action')), ...list(at(statement, 'NotAction'))],
    resources: [...list(at(statement, 'Resource')), ...list(at(statement, 'NotResource'))],
    inverted: { actions: present(at(statement, 'NotAction')), resources: present(at(statement, 'NotResource')) },
    condition: at(statement, 'Condition'),
    principals: list(at(statement, 'Principal')),
  }));
}

function parse(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return UNKNOWN;
  }
}

const reading =
  /^(?:Get|List|Describe|BatchGet|BatchCheck|Head|Search|Lookup|View|Check|Test|Validate|Simulate|Scan|Query)/;

/**
 * Actions that write and can only be granted on every resource, or that act on the caller itself. Source: AWS Service
 * Authorization Reference; the Session Manager ones are those of AmazonSSMManagedInstanceCore.
 */
const unrestrictable = new Set([
  'cloudwatch:putmetricdata',
  'ec2messages:acknowledgemessage',
  'ec2messages:deletemessage',
  'ec2messages:failmessage',
  'ec2messages:sendreply',
  'ssm:putinventory',
  'ssm:putcomplianceitems',
  'ssm:putconfigurepackageresult',
  'ssm:updateassociationstatus',
  'ssm:updateinstanceassociationstatus',
  'ssm:updateinstanceinformation',
  'ssmmessages:createcontrolchannel',
  'ssmmessages:createdatachannel',
  'ssmmessages:opencontrolchannel',
  'ssmmessages:opendatachannel',
  'xray:puttelemetryrecords',
  'xray:puttracesegments',
]);

/** `*`, and `s3:*`: everything, or everything of a service. */
export function isWildcard(action: Value): boolean {
  return typeof action === 'string' && (action === '*' || /^[\w-]*\*?:\*+$/.test(action));
}

/** An action that changes something and could be granted on some resources only. */
export function writesRestrictably(action: Value): boolean {
  if (typeof action !== 'string') return false;
  const verb = action.slice(action.indexOf(':') + 1);
  return !reading.test(verb) && !unrestrictable.has(action.toLowerCase());
}
