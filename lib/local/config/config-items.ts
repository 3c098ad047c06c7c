import { isManagementCall, regionOf } from '../cloudtrail/cloudtrail-names.ts';
import type { After, Before, DecodedCall } from '../endpoint/call.ts';
import type { EventBus } from '../events/event-bus.ts';
import { type Described, describeSubject, type Held } from './config-describe.ts';
import { itemEvent } from './config-item-event.ts';
import { type Subject, subjectsOf } from './config-subjects.ts';

export interface ConfigRecorderOptions extends Held {
  readonly bus: EventBus;
  /** From a change to its item, minutes on AWS. @default 1500 */
  readonly delayMs?: number;
  readonly onError?: (error: unknown) => void;
}
export interface ConfigRecorder {
  /** Sees what is about to be deleted, since an item tells ids that are gone with the resource. */
  readonly before: Before;
  readonly after: After;
  /** Forgets the items that are still to come. */
  stop(): void;
}

/** Emits a `Config Configuration Item Change` for each resource that calls change, one for changes within the delay. */
export const configRecorder = (options: ConfigRecorderOptions): ConfigRecorder => {
  const { bus, delayMs = 1500, onError = console.error } = options;
  const last = new Map<string, Described>();
  const pending = new Map<string, NodeJS.Timeout>();
  let isRecording = true;

  const emit = async (subject: Subject, key: string) => {
    const known = last.get(key);
    const now = await describeSubject(options, subject);
    const described = now ?? known;
    if (!described) return;
    if (now) last.set(key, now);
    else last.delete(key);
    const status = now ? (known ? 'OK' : 'ResourceDiscovered') : 'ResourceDeleted';
    await bus.emit(options.region, itemEvent(subject, described, status, options));
  };

  const schedule = (subject: Subject) => {
    const key = `${subject.type} ${subject.id}`;
    if (pending.has(key)) return;
    const timer = setTimeout(() => {
      pending.delete(key);
      emit(subject, key).catch(onError);
    }, delayMs);
    pending.set(key, timer);
  };

  // It records one region, and what is global.
  const isHere = (call: DecodedCall) => regionOf(call) === options.region;

  return {
    before: async (call) => {
      if (!/^Delete/.test(call.operation) || !isHere(call)) return undefined;
      for (const subject of subjectsOf(call, undefined)) {
        const key = `${subject.type} ${subject.id}`;
        const described = last.has(key) ? undefined : await describeSubject(options, subject);
        if (described) last.set(key, described);
      }
      return undefined;
    },
    after: (call, { status }, output) => {
      // Who writes an item into a table changes no configuration.
      if (call.readOnly || !isManagementCall(call) || status >= 300 || !isHere(call)) return;
      if (call.operation === 'StopConfigurationRecorder') isRecording = false;
      if (call.operation === 'StartConfigurationRecorder') isRecording = true;
      if (!isRecording) return;
      for (const subject of subjectsOf(call, output)) schedule(subject);
    },
    stop: () => {
      for (const timer of pending.values()) clearTimeout(timer);
      pending.clear();
    },
  };
};
