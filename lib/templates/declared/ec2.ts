import { instance } from '../../resources/ec2/instance.ts';
import { networkAcl } from '../../resources/ec2/network-acl.ts';
import { subnet } from '../../resources/ec2/subnet.ts';
import { transitGateway } from '../../resources/ec2/transit-gateway.ts';
import { volume } from '../../resources/ec2/volume.ts';
import { vpc } from '../../resources/ec2/vpc.ts';
import { launchedVolumesOf, unencryptedLaunch } from '../answers/ec2/compute.ts';
import { givenId } from '../resolution/identities.ts';
import type { Resource } from '../stack.ts';
import { type DeclaredType, placesIn } from './declared-type.ts';

const id: DeclaredType['id'] = ({ physicalId }) => physicalId;

const numberIn = (evidence: string): string | undefined =>
  /^acl\.entries\[(\d+)\]/.exec(evidence)?.[1];
/** Of an entry of an ACL of another stack: what it opens is told of it, and not of those beside it. */
const numberOf = ({ declared, properties: { scope } }: Resource): string | undefined => {
  const entry = declared.isPart && scope.template.declarations.get(declared.logicalId);
  const number = Reflect.get(Object(entry?.properties), 'RuleNumber');
  return typeof number === 'number' || typeof number === 'string' ? String(number) : undefined;
};

export const declaredEc2: readonly DeclaredType[] = [
  {
    type: instance,
    as: 'AWS::EC2::Instance',
    id,
    leftOut: {
      'EC2.4': 'an instance is stopped when it is there',
      'EC2.24': 'the image says how it is virtualized',
      'SSM.1': 'an agent registers when the instance is there',
    },
    placeOf: placesIn({
      'instance.hasProfile': 'IamInstanceProfile',
      'instance.metadata.httpTokens': 'MetadataOptions.HttpTokens',
      'instance.publicAddresses': 'NetworkInterfaces',
      interfaces: 'NetworkInterfaces',
    }),
  },
  {
    type: volume,
    as: 'AWS::EC2::Volume',
    id,
    placeOf: placesIn({ 'volume.isEncrypted': 'Encrypted' }),
  },
  // A launch makes volumes too: those of an instance are evaluated as one.
  {
    type: volume,
    as: 'AWS::EC2::Instance',
    id: launchedVolumesOf,
    keeps: (_, { status }) => status !== 'NOT_APPLICABLE',
    placeOf(resource, stack) {
      return unencryptedLaunch(stack, resource) ?? { declared: resource.declared, path: [] };
    },
  },
  {
    type: subnet,
    as: 'AWS::EC2::Subnet',
    id,
    placeOf: placesIn({ 'subnet.mapsPublicIp': 'MapPublicIpOnLaunch' }),
  },
  { type: vpc, as: 'AWS::EC2::VPC', id, placeOf: placesIn({}) },
  {
    type: transitGateway,
    as: 'AWS::EC2::TransitGateway',
    id,
    placeOf: placesIn({ 'gateway.attachesUnasked': 'AutoAcceptSharedAttachments' }),
  },
  {
    type: networkAcl,
    as: 'AWS::EC2::NetworkAcl',
    id,
    // Another template, or AWS itself, can associate it with them.
    untold: ['subnets'],
    parts: {
      'AWS::EC2::NetworkAclEntry': { name: givenId, by: ['NetworkAclId'], isOpen: true },
    },
    keeps: (resource, verdict) => {
      const number = numberOf(resource);
      return (
        verdict.status !== 'FAIL' ||
        number === undefined ||
        verdict.evidence.some(({ path }) => numberIn(path) === number)
      );
    },
    placeOf(resource, stack, evidence) {
      const number = numberIn(evidence);
      const found = stack
        .leadingTo([resource.physicalId], 'NetworkAclId', 'AWS::EC2::NetworkAclEntry')
        .find((entry) => entry.get('RuleNumber').name() === number);
      return found && { declared: found.declared, path: ['RuleAction'] };
    },
  },
];
