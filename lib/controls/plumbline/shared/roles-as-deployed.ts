import type { Evidence, Snapshot } from '../../../model/control.ts';
import type { deployment } from '../../../resources/account/deployment.ts';
import type { OwnResource } from '../../../resources/account/own-template.ts';
import { asRecord, list, text } from '../../../support/untyped.ts';
import { policyEvidence } from './own-policies.ts';

type Live = NonNullable<Snapshot<typeof deployment, 'roles'>['roles']>[number];
type Resources = readonly OwnResource[];

const ofType = (resources: Resources, type: string): Resources =>
  resources.filter((one) => one.type === type);
/** The policies of a type that the stack gives a role. */
const givenTo = (name: string, type: string, resources: Resources): Resources =>
  ofType(resources, type).filter(({ properties }) => list(properties['Roles']).includes(name));

/** What a policy of each name, or ARN, is to say, and what it says; `undefined` where there is none. */
const policiesEvidence = (
  path: string,
  live: ReadonlyMap<string, string | undefined>,
  wanted: ReadonlyMap<string, unknown>,
): readonly Evidence[] => [
  ...[...live].flatMap(([name, document]) =>
    wanted.has(name)
      ? []
      : [{ path: `${path}[${name}]`, actual: document ?? 'attached', expected: 'no such policy' }],
  ),
  ...[...wanted].flatMap(([name, document]) => {
    const at = `${path}[${name}]`;
    if (!live.has(name)) return [{ path: at, actual: 'gone', expected: 'as it was deployed' }];
    // A policy of AWS's is compared by its name alone.
    return document === undefined ? [] : policyEvidence(at, live.get(name), document);
  }),
];

const inlineOf = ({ physicalId, properties }: OwnResource, resources: Resources) =>
  new Map(
    [
      ...list(properties['Policies']).map(asRecord),
      ...givenTo(physicalId, 'AWS::IAM::Policy', resources).map((one) => one.properties),
    ].map((one) => [text(one['PolicyName']) ?? '', one['PolicyDocument']] as const),
  );

const attachedOf = ({ physicalId, properties }: OwnResource, resources: Resources) => {
  const documents = new Map(
    ofType(resources, 'AWS::IAM::ManagedPolicy').map((one) => [
      one.physicalId,
      one.properties['PolicyDocument'],
    ]),
  );
  const given = givenTo(physicalId, 'AWS::IAM::ManagedPolicy', resources);
  const arns = [
    ...list(properties['ManagedPolicyArns']).map(String),
    ...given.map((one) => one.physicalId),
  ];
  return new Map(arns.map((arn) => [arn, documents.get(arn)] as const));
};

/** What our roles may do, and who may become them, where that is not what the stack says. */
export const roleEvidence = (live: readonly Live[] | undefined, resources: Resources) =>
  ofType(resources, 'AWS::IAM::Role').flatMap((one): readonly Evidence[] => {
    const { physicalId: name, properties } = one;
    const path = `roles[${name}]`;
    const found = live?.find((role) => role.name === name);
    if (!found?.admission) return [{ path, actual: 'deleted', expected: 'as it was deployed' }];
    const { admission, inline, attached } = found;
    const boundary = properties['PermissionsBoundary'];
    return [
      ...policyEvidence(`${path}.trust`, admission.trust, properties['AssumeRolePolicyDocument']),
      ...(admission.boundary === boundary
        ? []
        : [
            {
              path: `${path}.boundary`,
              actual: admission.boundary ?? null,
              expected: boundary ?? null,
            },
          ]),
      ...policiesEvidence(
        `${path}.inline`,
        new Map(inline.map(({ name: policy, document }) => [policy, document])),
        inlineOf(one, resources),
      ),
      ...policiesEvidence(
        `${path}.attached`,
        new Map(attached.map(({ arn, document }) => [arn, document])),
        attachedOf(one, resources),
      ),
    ];
  });
