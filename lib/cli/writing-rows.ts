import { sortError } from '../aws/errors.ts';
import { UserError } from '../support/user-error.ts';

/** Writes rows with the credentials of whoever calls; the table's policy admits the functions of Plumbline alone. */
export const writingRows = async <T>(what: string, write: () => Promise<T>): Promise<T> => {
  try {
    return await write();
  } catch (error) {
    if (sortError(error, {}).kind !== 'denied') throw error;
    throw new UserError(
      `${what} is not kept: the policy of the posture table lets only the functions of Plumbline write to it`,
    );
  }
};
