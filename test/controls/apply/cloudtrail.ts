import type { Effects } from './effects.ts';

type Snapshot = Readonly<Record<string, unknown>>;

const logs =
  (isLogging: boolean) =>
  (snapshot: Snapshot, { Name }: Readonly<Record<string, unknown>>): Snapshot => {
    const trails: readonly { readonly arn: string }[] = Object(snapshot)['trails'] ?? [];
    const isNamed = ({ arn }: { readonly arn: string }) => arn.endsWith(`:trail/${Name}`);
    if (!trails.some(isNamed)) throw new Error('TrailNotFoundException');
    return {
      ...snapshot,
      trails: trails.map((trail) => (isNamed(trail) ? { ...trail, isLogging } : trail)),
    };
  };

export const cloudtrail: Effects = {
  startLogging: logs(true),
  stopLogging: logs(false),
  updateTrail: (snapshot, { EnableLogFileValidation: validatesFiles }) => ({
    ...snapshot,
    trail: { ...Object(snapshot['trail']), validatesFiles },
  }),
};
