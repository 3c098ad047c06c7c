import { controlsOf } from '../../controls/index.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import type { Control } from '../../model/control.ts';
import { cdkResources } from '../cdk-resources.ts';
import { customCalls } from '../custom-calls.ts';
import { declaredTypes } from '../declared/index.ts';
import { readTypes } from '../declared/read-types.generated.ts';
import { typesSetBy } from '../set-by.ts';
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
/** No control looks at the resource policies of CloudWatch Logs; in other services some look at what PutResourcePolicy sets. */
const isOfLogs = /^(?:@aws-sdk\/)?(?:client-)?cloudwatch-?logs$/i;

/** Types that describe Plumbline itself or that it made up: a custom resource of somebody else sets only those that a template declares. */
const isOwn = (type: string): boolean => type.startsWith('Plumbline::');

/**
 * Calls that deploy a template, or make whatever resource they are given.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html
 */
const deploys =
  /^(?:(?:Create|Update)(?:Stack|StackSet|StackInstances|ChangeSet)|ExecuteChangeSet|ProvisionProduct|UpdateProvisionedProduct)$/;
const isCloudControl = /cloud-?control/i;
const setsWhatever = ({ service, action }: { readonly service: string; readonly action: string }) =>
  deploys.test(action) ||
  (isCloudControl.test(service) && /^(?:Create|Update|Delete)Resource$/.test(action));

/** Why a custom resource is not evaluated: its calls set what a control looks at. `undefined` where they do not. */
const setBy = async (
  calls: ReturnType<typeof customCalls>,
  declared: Declaration,
  isAsked: (type: string) => Promise<boolean>,
): Promise<string | undefined> => {
  if (calls === 'unknown') return 'its calls during the deployment cannot be read';
  for (const { service, action } of calls) {
    if (setsWhatever({ service, action }))
      return `it calls ${action} of ${service} during the deployment, and what that makes is not read`;
    if (action === 'PutResourcePolicy' && isOfLogs.test(service)) continue;
    // It is evaluated as the policy of its domain.
    if (cdkResources.has(declared.type) && /^Update\w*DomainConfig$/.test(action)) continue;
    for (const type of typesSetBy(action).filter((one) => answered.has(one) || !isOwn(one)))
      if (await isAsked(type)) return `it calls ${action} of ${service} during the deployment`;
  }
  return undefined;
};

const isModule = ({ type }: Declaration): boolean => type.endsWith('::MODULE');

/** What is not evaluated and can change a verdict. */
interface Unanswered {
  readonly declared: Declaration;
  readonly why: string;
}

/** What controls that are asked for evaluate in an account, and a template does not answer for. */
export const unansweredIn = async (
  { byType, declarations }: Template,
  followed: ReadonlySet<string>,
  { baseline, wanted = () => true }: Asked,
): Promise<readonly Unanswered[]> => {
  const isAsked = async (type: string): Promise<boolean> => {
    const load = Object.hasOwn(controlsOf, type) ? controlsOf[type] : undefined;
    return (
      (await load?.())?.some(
        (control) => Object.hasOwn(baseline.controls, control.id) && wanted(control),
      ) ?? false
    );
  };
  const found: Unanswered[] = [];
  const add = (all: readonly Declaration[], why: string): void => {
    for (const declared of all) found.push({ declared, why });
  };
  for (const [type, all] of byType)
    if (!answered.has(type) && (await isAsked(type)))
      add(all, `${type} is evaluated in an account, and not yet in a template`);
  const stacks = byType.get(nested) ?? [];
  add(
    stacks.filter(({ logicalId }) => !followed.has(logicalId)),
    'its template is no file that this one names',
  );
  for (const type of makers)
    add(byType.get(type) ?? [], 'it deploys a template of its own, which is not read');
  add(
    [...declarations.values()].filter(isModule),
    'what a module makes is known only when it is deployed',
  );
  for (const declared of declarations.values()) {
    const calls = customCalls(declared);
    const why = calls.length === 0 ? undefined : await setBy(calls, declared, isAsked);
    if (why !== undefined) add([declared], why);
  }
  return found;
};

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
