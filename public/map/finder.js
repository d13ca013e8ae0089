/**
 * Finds the arrow of a request: the arrow of the statement that allows it or would allow it, or else the arrow between
 * the caller and the resource. The embedded run names both as the map does.
 */
export class Finder {
  #drawing;
  #statements;
  #functions;

  /**
   * @param {import('./drawing.js').Drawing} drawing
   * @param {object} data permissions.json
   */
  constructor(drawing, data) {
    this.#drawing = drawing;
    this.#statements = data.statements;
    this.#functions = data.functions;
  }

  /** The arrow of a request; a new one if nothing on the map allows the request. */
  find(event) {
    const arrows = this.#drawing.arrows;
    const named = [...(event.statements ?? []), ...(event.wouldAllow ?? [])];
    const byStatement = arrows.filter(({ data }) => data.statements.some((id) => named.includes(id)));
    const found =
      byStatement.find(({ data }) => sameResource(data.arn, event.resource)) ??
      byStatement[0] ??
      arrows.find((arrow) => this.#couldBe(arrow, event));
    if (found !== undefined) {
      return found;
    }
    return event.allowed ? null : this.#addMissing(event);
  }

  #couldBe({ owner, data }, event) {
    if ((owner?.id ?? '') !== event.function || !data.actions.includes(event.action)) {
      return false;
    }
    switch (data.mode) {
      case 'push':
        return this.#lets(data, event.by) && sameResource(data.arn, event.source);
      case 'trust':
        return this.#lets(data, event.by);
      case 'access':
        return (
          this.#lets(data, event.by) &&
          sameResource(data.arn, event.resource) &&
          (data.source === undefined || sameResource(data.source, event.source))
        );
      default:
        return sameResource(data.arn, event.resource);
    }
  }

  /** Whether one of the arrow's statements names a service. */
  #lets({ statements }, service) {
    return statements.some((id) => this.#statements[id].document.Principal?.Service === service);
  }

  #addMissing(event) {
    const known = this.#known(event.resource);
    const [, , service, , , resource] = parts(event.resource);
    const invoked = event.kind === 'invoke';
    const data = {
      mode: invoked ? 'push' : 'call',
      service: invoked ? event.by : (known?.service ?? service),
      kind: invoked ? '' : (known?.kind ?? 'resource'),
      name: invoked ? (this.#known(event.source)?.name ?? event.by) : (known?.name ?? resource),
      arn: event.resource,
      account: (invoked ? this.#known(event.source) : known)?.account ?? this.#functions[0].account,
      actions: [event.action],
      sentence: invoked
        ? `${event.by} tried to invoke the function, but no statement in its resource-based policy allows it.`
        : 'The function tried this, but no statement in its execution role allows it.',
      statements: [],
    };
    return this.#drawing.addMissing(event.function, data);
  }

  /** A resource's data on another arrow of the map. */
  #known(arn) {
    return this.#functions
      .flatMap(({ invokedBy, mayCall }) => [...invokedBy, ...mayCall])
      .find((target) => sameResource(target.arn, arn));
  }
}

/** Whether an ARN on the map, which may contain wildcards, matches a request's resource. */
function sameResource(pattern, arn) {
  const [, , service, , account, resource] = parts(pattern);
  const [, , askedService, , askedAccount, askedResource] = parts(arn);
  return service === askedService && account === askedAccount && matches(resource, askedResource);
}

/** The six parts of an ARN; the last may contain colons. */
function parts(arn) {
  const split = (arn ?? '').split(':');
  return [...split.slice(0, 5), split.slice(5).join(':')];
}

function matches(pattern, text) {
  const literal = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`).test(text);
}
