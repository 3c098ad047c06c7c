import { writingRows } from '../../lib/cli/writing-rows.ts';
import { UserError } from '../../lib/support/user-error.ts';

const failing = (name: string) => async (): Promise<void> => {
  throw Object.assign(new Error('with an explicit deny in a resource-based policy'), { name });
};

describe('a command that writes a row', () => {
  it('says in one sentence that the policy of the table refuses it', async () => {
    const refused = writingRows('the exemption', failing('AccessDeniedException'));
    await expect(refused).rejects.toEqual(
      new UserError(
        'the exemption is not kept: the policy of the posture table lets only the functions of Plumbline write to it',
      ),
    );
  });

  it('hides no other failure', async () => {
    await expect(writingRows('it', failing('InternalServerError'))).rejects.toMatchObject({
      name: 'InternalServerError',
    });
  });
});
