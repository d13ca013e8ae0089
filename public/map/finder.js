/**
 * Finds the arrow on which a request was made: that of the statement that allowed it or would have, or
 * else the one between what asked and what was asked for. The embedded run calls both as the map does.
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

  /** The arrow of a request; a new one if nothing on the map allows such a request. */
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

  /** Whether the arrow's statements are about a service. */
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
        ? `${event.by} tried to invoke the function, and no statement of its resource-based policy allows it.`
        : 'The function tried this, and no statement of its execution role allows it.',
      statements: [],
    };
    return this.#drawing.addMissing(event.function, data);
  }

  /** What the map knows about a resource from elsewhere. */
  #known(arn) {
    return this.#functions
      .flatMap(({ invokedBy, mayCall }) => [...invokedBy, ...mayCall])
      .find((target) => sameResource(target.arn, arn));
  }
}

/** Whether an ARN on the map, which may have stars, names what a request is about. */
function sameResource(pattern, arn) {
  const [, , service, , account, resource] = parts(pattern);
  const [, , askedService, , askedAccount, askedResource] = parts(arn);
  return service === askedService && account === askedAccount && matches(resource, askedResource);
}

/** The six parts of an ARN, of which the last may have colons itself. */
function parts(arn) {
  const split = (arn ?? '').split(':');
  return [...split.slice(0, 5), split.slice(5).join(':')];
}

function matches(pattern, text) {
  const literal = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`).test(text);
}
