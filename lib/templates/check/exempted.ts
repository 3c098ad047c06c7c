import { type Exemption, exemptionFor } from '../../engine/baseline/exemption.ts';
import { latestDate } from '../../support/latest-date.ts';
import { text } from '../../support/untyped.ts';
import type { Constructs } from '../cdk-constructs.ts';
import type { Declaration, Template } from '../template.ts';
import type { Located } from './located.ts';
import { standingSuppression } from './suppressions.ts';

/** What the CDK says of a resource: the construct that made it, where the app does so, and what somebody acknowledged. */
export const madeBy = (
  { metadata, logicalId }: Declaration,
  constructs: Constructs | undefined,
) => {
  const path = text(metadata['aws:cdk:path']) ?? constructs?.pathOf(logicalId);
  if (path === undefined) return undefined;
  return {
    shown: { construct: path.replace(/\/Resource$/, ''), madeAt: constructs?.madeAt(path) },
    acknowledged: (control: string) => constructs?.acknowledged(control, path),
  };
};

/** A failure of what a template declares. */
interface Failure {
  readonly control: { readonly id: string; readonly findsSecrets?: true };
  readonly template: Template;
  readonly declared: Declaration;
  /** Where it shows: of a plan its source. */
  readonly file: string;
  /** By what the baseline can name it, beside its file and logical id. */
  readonly names: { readonly id: string; readonly arn?: string };
  readonly made: ReturnType<typeof madeBy>;
}
interface Exemptions {
  readonly exemptions: readonly Exemption[];
  readonly at: Date;
}

/** The exemption that counts: the template's own, one of the app, or one of the baseline by file and logical id, id or ARN. */
const exemptionOf = (
  { control: { id: control }, template, declared, file, names, made }: Failure,
  { exemptions, at }: Exemptions,
): Pick<Located, 'exemption' | 'isInSource'> => {
  // A plan, and the source that it was made of.
  const resources = [...new Set([file, template.document.file])].map(
    (one) => `template:${one}#${declared.logicalId}`,
  );
  const [resource = ''] = resources;
  const own = standingSuppression(template, declared, control, at);
  if (own) {
    const { owner, reason, expires = latestDate } = own;
    return { exemption: { control, resource, owner, reason, expires }, isInSource: true };
  }
  const acknowledged = made?.acknowledged(control);
  if (acknowledged) {
    const { reason, at: where } = acknowledged;
    const owner = `the CDK app, at ${where}`;
    const exemption = { control, resource, owner, reason, expires: latestDate };
    return { exemption, isInSource: true };
  }
  if (exemptions.length === 0) return {};
  const { id, arn = id } = names;
  const found = [{ id, arn }, ...resources.map((one) => ({ id: one, arn: one }))]
    .map((one) => exemptionFor({ exemptions }, { controlId: control, ...one }, at))
    .find((one) => one !== undefined);
  return found ? { exemption: found } : {};
};

/** What only a failure has: where a secret stands its line is not shown, and an exemption can count. */
export const markedFailure = (
  failure: Failure,
  exemptions: Exemptions,
): Pick<Located, 'isHidden' | 'exemption' | 'isInSource'> => ({
  ...(failure.control.findsSecrets ? { isHidden: true } : {}),
  ...exemptionOf(failure, exemptions),
});
