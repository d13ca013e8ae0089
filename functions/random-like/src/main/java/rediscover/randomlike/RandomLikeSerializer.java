package rediscover.randomlike;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Http;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import rediscover.support.event.EventReader;
import rediscover.support.event.EventSerializer;

/**
 * Reads HttpApi's event, all but what an authorizer found out, because this API's finds nothing out
 * but yes or no, and writes the response.
 */
public final class RandomLikeSerializer
    extends EventSerializer<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  public RandomLikeSerializer() {
    super(APIGatewayV2HTTPEvent.class);
  }

  @Override
  protected APIGatewayV2HTTPEvent read(EventReader json) throws IOException {
    APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "version" -> event.setVersion(json.text());
        case "routeKey" -> event.setRouteKey(json.text());
        case "rawPath" -> event.setRawPath(json.text());
        case "rawQueryString" -> event.setRawQueryString(json.text());
        case "cookies" -> event.setCookies(json.list(EventReader::text));
        case "headers" -> event.setHeaders(json.texts());
        case "queryStringParameters" -> event.setQueryStringParameters(json.texts());
        case "pathParameters" -> event.setPathParameters(json.texts());
        case "stageVariables" -> event.setStageVariables(json.texts());
        case "body" -> event.setBody(json.text());
        case "isBase64Encoded" -> event.setIsBase64Encoded(json.flag());
        case "requestContext" ->
            event.setRequestContext(json.object(RandomLikeSerializer::requestContext));
        default -> json.skip();
      }
    }
    return event;
  }

  private static RequestContext requestContext(EventReader json) throws IOException {
    RequestContext context = new RequestContext();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "routeKey" -> context.setRouteKey(json.text());
        case "accountId" -> context.setAccountId(json.text());
        case "stage" -> context.setStage(json.text());
        case "apiId" -> context.setApiId(json.text());
        case "domainName" -> context.setDomainName(json.text());
        case "domainPrefix" -> context.setDomainPrefix(json.text());
        case "time" -> context.setTime(json.text());
        case "timeEpoch" -> context.setTimeEpoch(json.number());
        case "requestId" -> context.setRequestId(json.text());
        case "http" -> context.setHttp(json.object(RandomLikeSerializer::http));
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
  protected void write(APIGatewayV2HTTPResponse response, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("statusCode", response.getStatusCode());
    json.writeObjectFieldStart("headers");
    for (Map.Entry<String, String> header : response.getHeaders().entrySet()) {
      json.writeStringField(header.getKey(), header.getValue());
    }
    json.writeEndObject();
    json.writeStringField("body", response.getBody());
    json.writeBooleanField("isBase64Encoded", response.getIsBase64Encoded());
    json.writeEndObject();
  }
}
