import { type Evidence, type Plan, propose, type Snapshot } from '../../../model/control.ts';
import type { s3Bucket } from '../../../resources/s3/s3-bucket.ts';

type Rules = NonNullable<Snapshot<typeof s3Bucket, 'lifecycle'>['lifecycle']>;

export const storageClasses = [
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'GLACIER',
  'GLACIER_IR',
  'DEEP_ARCHIVE',
] as const;

/** What must be found in a rule; `null` asks for nothing. */
export interface Targets {
  readonly targetTransitionDays: number | null;
  readonly targetExpirationDays: number | null;
  readonly targetTransitionStorageClass: string | null;
}

export const activeRules = (rules: Rules | undefined): Rules =>
  (rules ?? []).filter(({ Status }) => Status === 'Enabled');

/**
 * A rule that deletes loses data, and one that only ends unfinished uploads would pass and hide that a retention is gone:
 * neither is added without a person.
 */
export const proposeRule = (): Plan =>
  propose('what may be deleted or moved, and when, only the owner of the data knows');

/** The targets that no rule meets. Days and class of a transition must be found in one and the same transition. */
export const missingTargets = (
  rules: Rules,
  { targetTransitionDays, targetExpirationDays, targetTransitionStorageClass }: Targets,
): readonly (Evidence & { readonly what: string })[] => {
  const transitions = rules
    .flatMap(({ Transitions }) => Transitions ?? [])
    .map(({ Days, StorageClass }) => ({ days: Days ?? null, storageClass: StorageClass ?? null }));
  const expirations = rules.flatMap(({ Expiration }) => Expiration?.Days ?? []);
  const isMoved = transitions.some(
    ({ days, storageClass }) =>
      days === (targetTransitionDays ?? days) &&
      storageClass === (targetTransitionStorageClass ?? storageClass),
  );
  const asksTransition = targetTransitionDays !== null || targetTransitionStorageClass !== null;
  return [
    ...(asksTransition && !isMoved
      ? [
          {
            what: 'transition',
            path: 'lifecycle.Transitions',
            actual: transitions,
            expected: { days: targetTransitionDays, storageClass: targetTransitionStorageClass },
          },
        ]
      : []),
    ...(targetExpirationDays !== null && !expirations.includes(targetExpirationDays)
      ? [
          {
            what: 'expiration',
            path: 'lifecycle.Expiration.Days',
            actual: expirations,
            expected: targetExpirationDays,
          },
        ]
      : []),
  ];
};
