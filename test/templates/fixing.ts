import type { Checked } from '../../lib/templates/check/check-template.ts';
import { type FixedText, fixText } from '../../lib/templates/fix/fix-text.ts';
import { at, checkedIn, baseline as plain, templateFrom } from './checking.ts';

const settings = {
  'PL.EC2.5': { adminSources: ['10.1.0.0/16'] },
  'RDS.6': { monitoringRoleArn: 'arn:aws:iam::111122223333:role/monitoring' },
  'S3.9': { logBucket: 'logs-of-111122223333' },
  'S3.17': { kmsKey: 'arn:aws:kms:eu-central-1:111122223333:key/1' },
} as const;
export const baseline = {
  ...plain,
  controls: Object.fromEntries(
    Object.entries(plain.controls).map(([id, one]) => {
      const own: unknown = Reflect.get(settings, id);
      return [id, own ? { ...one, parameters: { ...one.parameters, ...Object(own) } } : one];
    }),
  ),
};

export const evaluated = async (text: string, isExplicit = false): Promise<readonly Checked[]> =>
  checkedIn(await templateFrom(text), isExplicit, baseline);

/** A template with the failure of a control on its resource `It` put right. */
export const fixedOf = async (
  text: string,
  control: string,
  { isProposed = true, isExplicit = false } = {},
): Promise<FixedText<Checked> & { readonly before: readonly Checked[] }> => {
  const evaluateSo = (one: string) => evaluated(one, isExplicit);
  const before = await evaluateSo(text);
  const wanted = before.filter(
    (one) =>
      one.control.id === control &&
      one.declared.logicalId === 'It' &&
      one.verdict.status === 'FAIL',
  );
  if (wanted.length === 0) throw new Error(`${control} does not fail`);
  const options = { baseline, at, isExplicit, isProposed, evaluate: evaluateSo };
  return { before, ...(await fixText(text, before, wanted, options)) };
};
