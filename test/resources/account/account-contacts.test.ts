import { accountContacts } from '../../../lib/resources/account/account-contacts.ts';
import { accountId, awsForTests, refOf } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(accountContacts);

const aws = awsForTests();
const read = async () => {
  const reading = await aws.reader().read(accountContacts, refOf(accountId), ['security']);
  return reading.gone ? 'gone' : reading.facets;
};

it('says whether somebody is to be told, and nothing of who', async () => {
  expect(await read()).toEqual({ security: { value: undefined } });
  const client = await aws.clients()('account');
  await client.putAlternateContact({
    AlternateContactType: 'SECURITY',
    Name: 'Mira of a test',
    Title: 'CISO',
    EmailAddress: 'security@example.com',
    PhoneNumber: '+4930123456',
  });
  const shown = await read();
  expect(shown).toEqual({ security: { value: { isSet: true } } });
  expect(JSON.stringify(shown)).not.toMatch(/Mira|example|4930/);
  await client.deleteAlternateContact({ AlternateContactType: 'SECURITY' });
  expect(await read()).toEqual({ security: { value: undefined } });
}, 30_000);

it('is denied to whoever may read nothing', async () => {
  const { security } = Object(await deniedReading(accountContacts, accountId));
  expect(security).toEqual({ denied: expect.any(String) });
}, 60_000);

it.each<[string, object, unknown]>([
  ['its own account', { alternateContactType: 'SECURITY' }, [accountId]],
  ['a contact that it does not tell', {}, [accountId]],
  ['the contact for billing', { alternateContactType: 'BILLING' }, []],
  [
    'the contact for operations, of this account by number',
    { accountId, alternateContactType: 'OPERATIONS' },
    [],
  ],
  [
    'the contact for security, of this account by number',
    { accountId, alternateContactType: 'SECURITY' },
    [accountId],
  ],
  ['this account by number', { accountId }, [accountId]],
  ['another account of the organization', { accountId: '444455556666' }, []],
])('is named by a call on %s', (_, requestParameters, ids) => {
  const [announcement] = accountContacts.live.announcements;
  const detail = { eventName: 'PutAlternateContact', requestParameters };
  expect(announcement?.idsIn(detail, accountId)).toEqual(ids);
});
