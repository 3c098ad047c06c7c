import { codeOf } from '../errors.ts';

/** True when the write is done, false when its condition did not hold. */
export const putIf = async (write: () => Promise<unknown>): Promise<boolean> => {
  try {
    await write();
    return true;
  } catch (error) {
    if (codeOf(error) === 'ConditionalCheckFailedException') return false;
    throw error;
  }
};
