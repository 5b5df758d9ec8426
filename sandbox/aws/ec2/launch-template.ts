import { problem } from '../../model/errors';
import { ec2Id } from '../../model/ids';
import { flag, number, text } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import { aws, named, toSecurityGroup } from '../parts';

/** EC2's limit, before encoding. */
const USER_DATA_BYTES = 16384;
/** A change of these makes no new version. */
const besides = ['tags', 'defaultVersion', 'updateDefaultVersion'];

const makesVersion = (changed: string[]): boolean => changed.some((key) => !besides.includes(key));

export const launchTemplate: ResourceType = {
  token: aws('ec2', 'LaunchTemplate'),
  naming: named(128, {
    pattern: /^[\w()./-]{3,}$/,
    rule: 'InvalidLaunchTemplateName.MalformedException: a name has 3 to 128 of a-z, A-Z, 0-9 and ()./_-',
    taken: {
      code: 'InvalidLaunchTemplateName.AlreadyExistsException',
      sentence: () => 'Launch template name already in use.',
    },
  }),
  references: [
    // Whoever runs from the template holds the groups, not the template itself.
    toSecurityGroup('vpcSecurityGroupIds.*', false),
    toSecurityGroup('networkInterfaces.*.securityGroups.*', false),
    { path: 'iamInstanceProfile.arn', to: [aws('iam', 'InstanceProfile')], error: 'InvalidIamInstanceProfile' },
    { path: 'iamInstanceProfile.name', to: [aws('iam', 'InstanceProfile')], error: 'InvalidIamInstanceProfile' },
  ],
  enumerations: {
    'metadataOptions.httpTokens': ['optional', 'required'],
    'metadataOptions.httpEndpoint': ['enabled', 'disabled'],
    instanceInitiatedShutdownBehavior: ['stop', 'terminate'],
    'blockDeviceMappings.*.ebs.volumeType': ['standard', 'io1', 'io2', 'gp2', 'sc1', 'st1', 'gp3'],
  },
  replaceOn: ['name', 'namePrefix'],
  sets: ['vpcSecurityGroupIds'],
  keeps: ['defaultVersion'],
  computed: ['arn', 'defaultVersion', 'latestVersion', 'tagsAll'],
  check: (inputs) => {
    const userData = text(inputs, 'userData');
    if (userData === undefined) return [];
    if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(userData)) {
      return [problem('userData', 'InvalidUserData.Malformed: Invalid BASE64 encoding of user data.')];
    }
    const bytes = Buffer.from(userData, 'base64').length;
    if (bytes <= USER_DATA_BYTES) return [];
    return [
      problem('userData', `InvalidParameterValue: User data is limited to ${USER_DATA_BYTES} bytes; it has ${bytes}`),
    ];
  },
  create: ({ cloud }) => {
    const id = ec2Id('lt');
    return { id, state: { arn: cloud.arn('ec2', `launch-template/${id}`), defaultVersion: 1, latestVersion: 1 } };
  },
  changing: (changed) => (makesVersion(changed) ? ['latestVersion', 'defaultVersion'] : []),
  update: ({ record, inputs, changed }) => {
    const latest = (number(record.state, 'latestVersion') ?? 1) + (makesVersion(changed) ? 1 : 0);
    const follows = flag(inputs, 'updateDefaultVersion') === true;
    const byHand = number(inputs, 'defaultVersion') ?? number(record.state, 'defaultVersion') ?? 1;
    return { state: { latestVersion: latest, defaultVersion: follows ? latest : byHand } };
  },
};
