package dev.ocij.term.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/// What a template is made of.
sealed interface TemplateNode {
  record Text(String text) implements TemplateNode {}

  /// `{{pipeline}}`: its value is printed, unless it sets a variable.
  record Action(Pipeline pipeline) implements TemplateNode {}

  record If(Pipeline condition, List<TemplateNode> then, List<TemplateNode> otherwise)
      implements TemplateNode {}

  record With(Pipeline value, List<TemplateNode> body, List<TemplateNode> otherwise)
      implements TemplateNode {}

  record Range(Pipeline values, List<TemplateNode> body, List<TemplateNode> otherwise)
      implements TemplateNode {}

  /// What is defined under a name, over this value.
  record Call(String name, Optional<Pipeline> value, int position) implements TemplateNode {}

  /// Goes on with the next of a range, or ends it.
  record Leave(boolean forGood) implements TemplateNode {}

  /// Commands, each of which gets the value of the one before as its last argument.
  ///
  /// @param variables that the value is given to, without `$`; of a range, two may be index and
  ///   value
  /// @param declares whether the variables are new, as with `:=`
  record Pipeline(List<String> variables, boolean declares, List<Command> commands) {}

  /// A function or value, and arguments.
  record Command(List<Operand> words) {}

  /// What has a value.
  sealed interface Operand {
    /// Of its first character in the template.
    int position();
  }

  record Dot(int position) implements Operand {}

  record Literal(JsonNode value, int position) implements Operand {}

  record Variable(String name, int position) implements Operand {}

  record FunctionName(String name, int position) implements Operand {}

  record Parenthesised(Pipeline pipeline, int position) implements Operand {}

  /// `.name` of another operand: a field, or a method.
  record Field(Operand of, String name, int position) implements Operand {}
}
