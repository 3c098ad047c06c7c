import { controlsOf } from '../../controls/index.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import type { Control } from '../../model/control.ts';
import { cdkResources } from '../cdk-resources.ts';
import { declaredTypes } from '../declared/index.ts';
import { readTypes } from '../declared/read-types.generated.ts';
import type { Declaration, Template } from '../template.ts';

interface Asked {
  readonly baseline: Pick<Baseline, 'controls'>;
  readonly wanted?: ((control: Control) => boolean) | undefined;
}

/** By the catalogue's names, which for a policy of IAM is not CloudFormation's. */
const answered: ReadonlySet<string> = new Set(declaredTypes.map(({ type }) => type.type));

const nested = 'AWS::CloudFormation::Stack';
/** What makes resources of a template elsewhere, that no file beside it is. */
const makers = [
  'AWS::CloudFormation::StackSet',
  'AWS::Serverless::Application',
  'AWS::ServiceCatalog::CloudFormationProvisionedProduct',
];
const isModule = ({ type }: Declaration): boolean => type.endsWith('::MODULE');

/** What controls that are asked for evaluate in an account, and a template does not answer for. */
export const unansweredIn = async (
  { byType, declarations }: Template,
  followed: ReadonlySet<string>,
  { baseline, wanted = () => true }: Asked,
): Promise<readonly Declaration[]> => {
  const all = [...byType].map(async ([type, declared]) => {
    const load =
      answered.has(type) || !Object.hasOwn(controlsOf, type) ? undefined : controlsOf[type];
    const isAsked = (await load?.())?.some(
      (control) => Object.hasOwn(baseline.controls, control.id) && wanted(control),
    );
    return isAsked ? declared : [];
  });
  const stacks = byType.get(nested) ?? [];
  return [
    ...(await Promise.all(all)).flat(),
    ...stacks.filter(({ logicalId }) => !followed.has(logicalId)),
    ...makers.flatMap((type) => byType.get(type) ?? []),
    ...[...declarations.values()].filter(isModule),
  ];
};

const whyNot = (declared: Declaration): string => {
  if (isModule(declared)) return 'what a module makes shows when it is deployed';
  if (makers.includes(declared.type)) return 'what it makes of its own template is not read here';
  return declared.type === nested
    ? 'its template is no file that this one names'
    : `${declared.type} is evaluated in an account, and not yet in a template`;
};
export const unansweredText = (declared: Declaration): string =>
  `${declared.logicalId} is not evaluated: ${whyNot(declared)}`;

/** Types that are followed, or evaluated as containers. */
const elsewhere: ReadonlySet<string> = new Set([
  nested,
  ...makers,
  'AWS::ECS::TaskDefinition',
  ...cdkResources,
]);

/** The types of a template at which neither a control nor the evaluation of another resource looks, once for each resource. */
export const passedOverIn = ({ passedOver, declarations }: Template): readonly string[] =>
  passedOver ??
  [...declarations.values()].flatMap((one) =>
    readTypes.has(one.type) || elsewhere.has(one.type) || isModule(one) ? [] : [one.type],
  );
