import { iamGroup } from '../../resources/iam/iam-group.ts';
import { iamPolicy } from '../../resources/iam/iam-policy.ts';
import { iamRole } from '../../resources/iam/iam-role.ts';
import { iamUser } from '../../resources/iam/iam-user.ts';
import { inlineOf, lastInline } from '../answers/iam.ts';
import { type DeclaredType, placesIn, stepsOf } from './declared-type.ts';

type Kind = 'User' | 'Group' | 'Role';

const places = placesIn({
  attachedPolicies: 'ManagedPolicyArns',
  trustPolicy: 'AssumeRolePolicyDocument',
  path: 'Path',
});

const placeOf =
  (kind: Kind): DeclaredType['placeOf'] =>
  (resource, stack, evidence) => {
    const rest = /^inlinePolicies\.(.*)$/.exec(evidence)?.[1];
    if (rest === undefined) return places(resource, stack, evidence);
    const name = inlineOf(stack, kind, resource)
      .map((one) => one.name)
      .find((one) => rest === one || rest.startsWith(`${one}.`));
    const found = name === undefined ? undefined : lastInline(stack, kind, resource, name);
    if (!found) return undefined;
    const steps = stepsOf(rest.slice(found.name.length));
    return { declared: found.resource.declared, path: [...found.document.path, ...steps] };
  };

/** A policy can name identities that another stack makes: what it gives them is known, and no more. */
const parts = (kind: Kind): NonNullable<DeclaredType['parts']> => ({
  'AWS::IAM::Policy': {
    name: `${kind}Name`,
    by: [`${kind}s`],
    // CloudFormation refuses one of nobody: what it grants is looked at once.
    ...(kind === 'Role' ? { orElse: ['Users', 'Groups'] } : { isOptional: true }),
  },
  'AWS::IAM::ManagedPolicy': { name: `${kind}Name`, by: [`${kind}s`], isOptional: true },
  [`AWS::IAM::${kind}Policy`]: { name: `${kind}Name`, by: [`${kind}Name`] },
});

export const declaredRole: DeclaredType = {
  type: iamRole,
  as: 'AWS::IAM::Role',
  id: ({ name }) => name,
  parts: parts('Role'),
  placeOf: placeOf('Role'),
};
export const declaredGroup: DeclaredType = {
  type: iamGroup,
  as: 'AWS::IAM::Group',
  id: ({ name }) => name,
  parts: parts('Group'),
  placeOf: placeOf('Group'),
};
export const declaredUser: DeclaredType = {
  type: iamUser,
  as: 'AWS::IAM::User',
  id: ({ name }) => name,
  // Who signs in, and with what, shows when the user is there.
  untold: ['accessKeys', 'accessKeyUse', 'loginProfile', 'passwordLastUsedAt', 'mfaDevices'],
  parts: parts('User'),
  placeOf: placeOf('User'),
};
export const declaredManagedPolicy: DeclaredType = {
  type: iamPolicy,
  as: 'AWS::IAM::ManagedPolicy',
  id: ({ arn }) => arn,
  placeOf: placesIn({ defaultVersion: 'PolicyDocument' }),
};
