import { routeAuthorizes } from '../../../lib/controls/apigateway/route-authorizes.ts';
import { testControl } from '../harness.ts';

const route = (key: string, authorization: string) => ({ route: { key, authorization } });

testControl(routeAuthorizes, {
  base: { ...route('GET /orders', 'JWT'), api: { protocol: 'HTTP' } },
  rows: {
    'a token': { given: {}, verdict: 'PASS' },
    IAM: { given: route('GET /orders', 'AWS_IAM'), verdict: 'PASS' },
    'a function': { given: route('$default', 'CUSTOM'), verdict: 'PASS' },
    nothing: {
      given: route('GET /orders', 'NONE'),
      verdict: 'FAIL',
      evidence: ['route.authorization'],
    },
    'nothing, on all that has no route': {
      given: route('$default', 'NONE'),
      verdict: 'FAIL',
      evidence: ['route.authorization'],
    },
    'a connection of a WebSocket API': {
      given: { ...route('$connect', 'AWS_IAM'), api: { protocol: 'WEBSOCKET' } },
      verdict: 'PASS',
    },
    'a connection that anybody makes': {
      given: { ...route('$connect', 'NONE'), api: { protocol: 'WEBSOCKET' } },
      verdict: 'FAIL',
      evidence: ['route.authorization'],
    },
    'a message, whose connection was asked': {
      given: { ...route('sendOrder', 'NONE'), api: { protocol: 'WEBSOCKET' } },
      verdict: 'NOT_APPLICABLE',
    },
    'an API whose kind does not show': {
      given: { ...route('sendOrder', 'NONE'), api: { protocol: undefined } },
      verdict: 'FAIL',
      evidence: ['route.authorization'],
    },
  },
});
