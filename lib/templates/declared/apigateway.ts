import { restStage } from '../../resources/apigateway/rest-stage.ts';
import { apiRoute } from '../../resources/apigateway/route.ts';
import { apiStage } from '../../resources/apigateway/stage.ts';
import {
  apiRouteId,
  apiStageId,
  isOverriddenElsewhere,
  methodSettingsType,
  overriddenRouteId,
  overridesType,
  quickRouteId,
  restStageId,
  stagesOf,
} from '../answers/apigateway.ts';
import { type DeclaredType, placesIn } from './declared-type.ts';

/** What is said of single methods or routes stands in a list, at places of its own. */
const facetsIn = (table: Readonly<Record<string, string>>): DeclaredType['placeOf'] => {
  const places = placesIn(table);
  return (resource, stack, evidence) =>
    places(resource, stack, evidence.replace(/^(logging|cache)\..*$/, '$1'));
};

/** Stages and routes of APIs. */
export const declaredApis: readonly DeclaredType[] = [
  {
    type: restStage,
    as: 'AWS::ApiGateway::Stage',
    id: restStageId,
    parts: { [methodSettingsType]: { name: 'StageName', by: ['StageName'], also: ['RestApiId'] } },
    isOwn: (resource, stack) => stagesOf(stack, resource).length > 0,
    placeOf: facetsIn({
      'stage.hasClientCertificate': 'ClientCertificateId',
      'stage.isTraced': 'TracingEnabled',
      logging: 'MethodSettings',
      cache: 'MethodSettings',
    }),
  },
  {
    type: apiStage,
    as: 'AWS::ApiGatewayV2::Stage',
    id: apiStageId,
    placeOf: facetsIn({
      'access.isLogged': 'AccessLogSettings.DestinationArn',
      logging: 'DefaultRouteSettings.LoggingLevel',
    }),
  },
  {
    type: apiRoute,
    as: 'AWS::ApiGatewayV2::Route',
    id: apiRouteId,
    placeOf: placesIn({ 'route.authorization': 'AuthorizationType' }),
  },
  // One that is made of a target has a route to it, which nobody declares.
  {
    type: apiRoute,
    as: 'AWS::ApiGatewayV2::Api',
    id: quickRouteId,
    keeps: (resource) => resource.get('Target').isSet,
    placeOf: placesIn({ 'route.authorization': 'Target' }),
  },
  {
    type: apiRoute,
    as: overridesType,
    id: overriddenRouteId,
    keeps: (resource, _, stack) => isOverriddenElsewhere(stack, resource),
    placeOf: placesIn({ 'route.authorization': 'Route.AuthorizationType' }),
  },
];
