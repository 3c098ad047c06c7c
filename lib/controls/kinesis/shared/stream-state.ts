import { notApplicable, propose } from '../../../model/control.ts';

interface Stream {
  readonly state?: string | undefined;
}

/** Why a stream is not evaluated: what is asked for at its creation is not shown before it is active. */
export const outOfScope = ({ state }: Stream) => {
  if (state === 'CREATING') return notApplicable('it is still being created');
  return state === 'DELETING' ? notApplicable('it is being deleted') : undefined;
};

/** Kinesis changes a stream only while it is active. */
export const notNow = ({ state }: Stream) =>
  state === 'ACTIVE' ? undefined : propose(`its state is ${state ?? 'not known'}`);
