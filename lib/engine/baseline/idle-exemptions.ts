import type { Control } from '../../model/control.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';
import { homeRegion } from '../../services/regions.ts';
import type { Baseline } from './baseline.ts';
import type { Exemption } from './exemption.ts';

/** An exemption that does nothing, or does more than anybody can have meant. */
export interface Idle {
  readonly exemption: Exemption;
  readonly why: string;
}

/** What stands behind the partition in the ARN of a type; an account is named by the ARN of its root user. */
const servicesOf = (type: AnyResourceType): readonly string[] => {
  const place = { account: '123456789012', region: homeRegion, id: 'id' };
  const named = type.arn?.(place).split(':')[2];
  const [, owner = ''] = type.type.split('::');
  return [...(named ? [named] : []), owner.toLowerCase() || 'iam'].map((one) =>
    one === 'accountregion' ? 'iam' : one,
  );
};

/** The service that a pattern of an ARN asks for; undefined where it leaves that open, or is an id. */
const serviceIn = (pattern: string): string | undefined => {
  const [arn, , service = ''] = pattern.split(':');
  return arn === 'arn' && /^[a-z0-9-]+$/.test(service) ? service : undefined;
};
const isEverything = (pattern: string): boolean =>
  /^\**$/.test(pattern) || /^arn(:\**){1,5}$/.test(pattern);

const whyIdle = (
  { control: id, resource, expires }: Exemption,
  { controls: enabled }: Pick<Baseline, 'controls'>,
  controls: readonly Control[],
  now: Date,
): string | undefined => {
  if (Date.parse(expires) < now.getTime()) return `it was over on ${expires.slice(0, 10)}`;
  if (!Object.hasOwn(enabled, id)) return `the baseline does not enable ${id}`;
  if (isEverything(resource)) return `it exempts every resource: turn ${id} off instead`;
  const types = controls.find((control) => control.id === id)?.resources;
  const asked = serviceIn(resource);
  if (types === undefined || asked === undefined) return undefined;
  return types.some((type) => servicesOf(type).includes(asked))
    ? undefined
    : `${id} evaluates ${types.map(({ type }) => type).join(', ')}, and this is an ARN of ${asked}`;
};

/** The exemptions of a baseline that do nothing by what is written alone, or that exempt all there is. */
export const idleExemptions = (
  baseline: Pick<Baseline, 'controls' | 'exemptions'>,
  controls: readonly Control[],
  now: Date,
): readonly Idle[] =>
  baseline.exemptions.flatMap((exemption) => {
    const why = whyIdle(exemption, baseline, controls, now);
    return why === undefined ? [] : [{ exemption, why }];
  });

export const idleText = ({ exemption: { control, resource, owner }, why }: Idle): string =>
  `the exemption of ${control} for ${resource} by ${owner}: ${why}`;
