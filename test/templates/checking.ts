import { everyControl } from '../../lib/controls/every.ts';
import { controlsOf } from '../../lib/controls/index.ts';
import { defaultBaseline } from '../../lib/engine/baseline/baseline.ts';
import {
  type Checked,
  checkTemplate,
  controlsFor,
} from '../../lib/templates/check/check-template.ts';
import { withOwners } from '../../lib/templates/check/parts.ts';
import { templateOf } from '../../lib/templates/cloudformation.ts';
import { declaredTypes } from '../../lib/templates/declared/index.ts';
import { readDocument } from '../../lib/templates/document/read-document.ts';
import { World } from '../../lib/templates/resolution/world.ts';
import { Stack } from '../../lib/templates/stack.ts';
import type { Template } from '../../lib/templates/template.ts';

export const account = '111122223333';
export const region = 'eu-central-1';
export const baseline = defaultBaseline(everyControl);
export const at = new Date('2026-06-15T12:00:00Z');

export const templateFrom = async (
  text: string,
  parameters: Readonly<Record<string, unknown>> = {},
): Promise<Template> => {
  const deployment = { account, region, partition: 'aws', stackName: 'stack', parameters };
  return withOwners(
    templateOf(await readDocument(text, 'template.yaml'), deployment),
    declaredTypes,
  );
};

/** Every verdict on a template. */
export const checkedIn = (
  template: Template,
  isExplicit = false,
  asked: Pick<typeof baseline, 'controls'> = baseline,
  world = new World(),
): Promise<readonly Checked[]> =>
  checkTemplate(
    new Stack(template, world),
    declaredTypes,
    async (type) => controlsFor(type, (await controlsOf[type.type.type]?.()) ?? [], asked),
    { baseline: asked, at, isExplicit },
  );

interface Asked {
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly isExplicit?: boolean;
}
/** The one verdict of a control on a resource, as a line: `FAIL when Env is dev`. */
export const verdictOf = async (
  text: string,
  control: string,
  logicalId: string,
  { parameters, isExplicit }: Asked = {},
): Promise<string> => {
  const all = await checkedIn(await templateFrom(text, parameters), isExplicit);
  const found = all.filter(
    (one) => one.control.id === control && one.declared.logicalId === logicalId,
  );
  const [one] = found;
  if (found.length !== 1 || !one) return `${found.length} verdicts`;
  const { verdict, when, softDefaults, byDefault } = one;
  return [
    verdict.status,
    ...(verdict.status === 'UNKNOWN' ? [verdict.reason] : []),
    ...(when.length > 0 ? [`when ${when.join(' and ')}`] : []),
    ...(softDefaults.length > 0 ? [`with ${softDefaults.join(', ')}`] : []),
    ...(byDefault.length > 0 ? ['by default'] : []),
  ].join(' ');
};
