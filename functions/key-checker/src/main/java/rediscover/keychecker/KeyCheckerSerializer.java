package rediscover.keychecker;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent.Http;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2CustomAuthorizerEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.SimpleIAMPolicyResponse;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import rediscover.support.event.EventReader;
import rediscover.support.event.EventSerializer;

/**
 * Reads the event that HttpApi has for an authorizer, all but the time as a text: that is
 * Joda-Time's, whose set-up would take a tenth of a second of every cold start. Writes the simple
 * response.
 */
public final class KeyCheckerSerializer
    extends EventSerializer<APIGatewayV2CustomAuthorizerEvent, SimpleIAMPolicyResponse> {
  public KeyCheckerSerializer() {
    super(APIGatewayV2CustomAuthorizerEvent.class);
  }

  @Override
  protected APIGatewayV2CustomAuthorizerEvent read(EventReader json) throws IOException {
    APIGatewayV2CustomAuthorizerEvent event = new APIGatewayV2CustomAuthorizerEvent();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "version" -> event.setVersion(json.text());
        case "type" -> event.setType(json.text());
        case "routeArn" -> event.setRouteArn(json.text());
        case "identitySource" -> event.setIdentitySource(json.list(EventReader::text));
        case "routeKey" -> event.setRouteKey(json.text());
        case "rawPath" -> event.setRawPath(json.text());
        case "rawQueryString" -> event.setRawQueryString(json.text());
        case "cookies" -> event.setCookies(json.list(EventReader::text));
        case "headers" -> event.setHeaders(json.texts());
        case "queryStringParameters" -> event.setQueryStringParameters(json.texts());
        case "pathParameters" -> event.setPathParameters(json.texts());
        case "stageVariables" -> event.setStageVariables(json.texts());
        case "requestContext" ->
            event.setRequestContext(json.object(KeyCheckerSerializer::requestContext));
        default -> json.skip();
      }
    }
    return event;
  }

  private static RequestContext requestContext(EventReader json) throws IOException {
    RequestContext context = new RequestContext();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "accountId" -> context.setAccountId(json.text());
        case "apiId" -> context.setApiId(json.text());
        case "domainName" -> context.setDomainName(json.text());
        case "domainPrefix" -> context.setDomainPrefix(json.text());
        case "requestId" -> context.setRequestId(json.text());
        case "routeKey" -> context.setRouteKey(json.text());
        case "stage" -> context.setStage(json.text());
        case "timeEpoch" -> context.setTimeEpoch(json.number());
        case "http" -> context.setHttp(json.object(KeyCheckerSerializer::http));
        default -> json.skip();
      }
    }
    return context;
  }

  private static Http http(EventReader json) throws IOException {
    Http http = new Http();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "method" -> http.setMethod(json.text());
        case "path" -> http.setPath(json.text());
        case "protocol" -> http.setProtocol(json.text());
        case "sourceIp" -> http.setSourceIp(json.text());
        case "userAgent" -> http.setUserAgent(json.text());
        default -> json.skip();
      }
    }
    return http;
  }

  @Override
  protected void write(SimpleIAMPolicyResponse response, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeBooleanField("isAuthorized", response.getIsAuthorized());
    json.writeEndObject();
  }
}
