import { text } from '../../support/untyped.ts';
import { inlineOf } from '../answers/iam.ts';
import { policyEdits } from './policies.ts';
import { inProperties, type Write, type Writes } from './write.ts';

type Kind = 'User' | 'Group' | 'Role';

const put =
  (kind: Kind): Write =>
  ({ PolicyName, PolicyDocument }, writing) => {
    const found = inlineOf(writing.stack, kind, writing.resource).filter(
      ({ name }) => name === PolicyName,
    );
    const [only, ...more] = found;
    if (!only || more.length > 0) return undefined;
    return policyEdits(only.document, only.resource, text(PolicyDocument) ?? '', writing);
  };

/** Where a template attaches a policy; one that names the identity itself is attached by its own list. */
const detach: Write = ({ PolicyArn }, { resource }) => {
  const list = resource.get('ManagedPolicyArns');
  const found = list.items().findIndex((one) => one.text() === PolicyArn);
  const item = list.items()[found];
  return item && [{ path: inProperties(resource.declared, item.path), remove: true }];
};

export const iamWrites: Writes = {
  putUserPolicy: put('User'),
  putGroupPolicy: put('Group'),
  putRolePolicy: put('Role'),
  detachUserPolicy: detach,
  detachGroupPolicy: detach,
  detachRolePolicy: detach,
  updateAssumeRolePolicy: ({ PolicyDocument }, writing) => {
    const { resource } = writing;
    const document = resource.get('AssumeRolePolicyDocument');
    return policyEdits(document, resource, text(PolicyDocument) ?? '', writing);
  },
  createPolicyVersion: ({ PolicyDocument }, writing) => {
    const { resource } = writing;
    return policyEdits(
      resource.get('PolicyDocument'),
      resource,
      text(PolicyDocument) ?? '',
      writing,
    );
  },
  generateServiceLastAccessedDetails: () => [],
};
