import { okAnswer } from '../endpoint/answer.ts';
import type { Before, DecodedCall } from '../endpoint/call.ts';
import type { Fields } from '../endpoint/record.ts';

/** Settings of an account in a region that moto does not have, as they are until somebody changes them. */
export const regionSettings = (): Before => {
  const snapshotBlocks = new Map<string, string>();
  const metadata = new Map<string, Fields>();

  const answers: Readonly<Record<string, (call: DecodedCall) => Fields>> = {
    GetSnapshotBlockPublicAccessState: ({ region }) => ({
      State: snapshotBlocks.get(region) ?? 'unblocked',
      ManagedBy: 'account',
    }),
    EnableSnapshotBlockPublicAccess: ({ region, input }) => {
      snapshotBlocks.set(region, String(input['State']));
      return { State: input['State'] };
    },
    DisableSnapshotBlockPublicAccess: ({ region }) => {
      snapshotBlocks.delete(region);
      return { State: 'unblocked' };
    },
    GetInstanceMetadataDefaults: ({ region }) => ({ AccountLevel: metadata.get(region) ?? {} }),
    ModifyInstanceMetadataDefaults: ({ region, input }) => {
      metadata.set(region, { ...metadata.get(region), ...input });
      return { Return: true };
    },
  };

  return (call) => {
    const answer = call.service === 'ec2' ? answers[call.operation] : undefined;
    return answer && okAnswer(call, answer(call));
  };
};
