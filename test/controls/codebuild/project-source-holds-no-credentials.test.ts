import { projectSourceHoldsNoCredentials } from '../../../lib/controls/codebuild/project-source-holds-no-credentials.ts';
import { signsIn } from '../../../lib/resources/codebuild/codebuild-project.ts';
import { testControl } from '../harness.ts';

const source = (location: string) => ({
  type: 'BITBUCKET' as const,
  hasCredentials: signsIn(location),
});
testControl(projectSourceHoldsNoCredentials, {
  rows: {
    'an address': {
      given: { sources: [source('https://bitbucket.org/team/shop.git')] },
      verdict: 'PASS',
    },
    'no source': { given: { sources: [] }, verdict: 'PASS' },
    // As Bitbucket shows it to whoever clones.
    'the name of a person': {
      given: { sources: [source('https://mira@bitbucket.org/team/shop.git')] },
      verdict: 'PASS',
    },
    'a name and a password': {
      given: { sources: [source('https://mira:hunter2@bitbucket.org/team/shop.git')] },
      verdict: 'FAIL',
      evidence: ['sources[0].hasCredentials'],
    },
    'a token in place of a password': {
      given: { sources: [source('https://x-token-auth:abc@bitbucket.org/team/shop.git')] },
      verdict: 'FAIL',
    },
    'a token in place of a name': {
      given: { sources: [source('https://ghp_0123456789abcdefghij@github.com/team/shop.git')] },
      verdict: 'FAIL',
    },
    // GitHub takes a token alone, whatever it looks like; nobody is asked for a password there.
    'a name alone, of another provider': {
      given: { sources: [source('https://access-token@github.com/team/shop.git')] },
      verdict: 'FAIL',
    },
    'a host that ends as Bitbucket does not': {
      given: { sources: [source('https://mira@bitbucket.org.example.com/team/shop.git')] },
      verdict: 'FAIL',
    },
    'the name that SSH needs': {
      given: {
        sources: [source('ssh://git@github.com/a/b.git'), source('https://git@github.com/a/b.git')],
      },
      verdict: 'PASS',
    },
    'a second source': {
      given: {
        sources: [source('https://bitbucket.org/a/b'), source('https://a:b@bitbucket.org/a/c')],
      },
      verdict: 'FAIL',
      evidence: ['sources[1].hasCredentials'],
    },
    'an address by SSH': {
      given: { sources: [source('git@github.com:team/shop.git')] },
      verdict: 'PASS',
    },
    'an address that is none': {
      given: { sources: [source('bucket/source%.zip')] },
      verdict: 'PASS',
    },
  },
});
