package rediscover.permissions.template;

/** A place in a template, for messages: {@code Resources.LikesTable.Properties}. */
record Place(String file, String path) {

  static Place top(String file) {
    return new Place(file, "");
  }

  Place child(String name) {
    return new Place(file, path.isEmpty() ? name : path + "." + name);
  }

  Place item(int index) {
    return new Place(file, path + "[" + index + "]");
  }

  TemplateException refuse(String why) {
    return new TemplateException(this + ": " + why);
  }

  @Override
  public String toString() {
    return path.isEmpty() ? file : file + ": " + path;
  }
}
