import type { Before, DecodedCall } from './endpoint/call.ts';

/** How often each operation was called by each access key, `s3:GetBucketPolicy` → times. */
export class CallCounts {
  private readonly byKey = new Map<string, Map<string, number>>();
  private readonly listeners = new Set<(call: DecodedCall) => void>();

  readonly before: Before = (call) => {
    this.count(call);
    for (const listener of this.listeners) listener(call);
    return undefined;
  };

  /** Tells of each call as it arrives; returns what ends that. */
  onCall(listener: (call: DecodedCall) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Of the keys that `isCounted` lets through; of all where it is not given. */
  of(isCounted: (accessKeyId: string) => boolean = () => true): Readonly<Record<string, number>> {
    const sum: Record<string, number> = {};
    for (const [key, counts] of this.byKey)
      if (isCounted(key))
        for (const [operation, times] of counts) sum[operation] = (sum[operation] ?? 0) + times;
    return sum;
  }

  reset() {
    this.byKey.clear();
  }

  private count({ accessKeyId = 'anonymous', service, operation }: DecodedCall) {
    const counts = this.byKey.get(accessKeyId) ?? new Map<string, number>();
    this.byKey.set(accessKeyId, counts);
    const name = `${service}:${operation}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
}
