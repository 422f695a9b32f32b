package dev.ocij.buildah.context.cloud;

import dev.ocij.config.Environment;
import dev.ocij.spec.OciException;
import dev.ocij.spec.Quoted;
import dev.ocij.spec.Reason;
import dev.ocij.transport.registry.WebFiles;
import dev.ocij.transport.registry.WebRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who asks Amazon's services, and in which region, as their tools look it up: variables, then a
/// token of a web identity, then the files of a profile.
///
/// @param web by which a token becomes a key
record AwsAccount(WebFiles web, Environment environment, AwsProfile profile) {
  private static final String USUAL_REGION = "us-east-1";
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,63}");
  private static final String ATTEMPT = "ask for a key of the AWS role";

  static AwsAccount of(WebFiles web) {
    return new AwsAccount(web, web.environment(), AwsProfile.read(web.environment()));
  }

  /// It is part of the hosts' names.
  String region() {
    var region =
        environment
            .variable("AWS_REGION")
            .or(() -> environment.variable("AWS_DEFAULT_REGION"))
            .or(() -> profile.setting("region"))
            .orElse(USUAL_REGION);
    if (!REGION.matcher(region).matches()) {
      throw new OciException(
          OciException.Category.USAGE,
          "AWS_REGION %s: no name of a region, as us-east-1 is one".formatted(Quoted.of(region)));
    }
    return region;
  }

  /// The end of the names of Amazon's hosts in this region.
  String domain() {
    return region() + (region().startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com");
  }

  /// @throws OciException of category `UNAUTHORIZED` where there is none
  AwsCredentials credentials() throws IOException {
    var given = ofVariables();
    if (given.isPresent()) {
      return given.get();
    }
    var role = environment.variable("AWS_ROLE_ARN");
    var token = environment.variable("AWS_WEB_IDENTITY_TOKEN_FILE");
    if (role.isPresent() && token.isPresent()) {
      return ofRole(role.get(), token.get(), environment.variable("AWS_ROLE_SESSION_NAME"));
    }
    var named = ofProfile();
    if (named.isPresent()) {
      return named.get();
    }
    role = profile.setting("role_arn");
    token = profile.setting("web_identity_token_file");
    if (role.isPresent() && token.isPresent()) {
      return ofRole(role.get(), token.get(), profile.setting("role_session_name"));
    }
    throw missing();
  }

  private Optional<AwsCredentials> ofVariables() {
    var id = environment.variable("AWS_ACCESS_KEY_ID");
    var secret = environment.variable("AWS_SECRET_ACCESS_KEY");
    return id.isPresent() && secret.isPresent()
        ? Optional.of(
            new AwsCredentials(
                id.get(), secret.get(), environment.variable("AWS_SESSION_TOKEN").orElse(null)))
        : Optional.empty();
  }

  private Optional<AwsCredentials> ofProfile() {
    var id = profile.setting("aws_access_key_id");
    var secret = profile.setting("aws_secret_access_key");
    return id.isPresent() && secret.isPresent()
        ? Optional.of(
            new AwsCredentials(
                id.get(), secret.get(), profile.setting("aws_session_token").orElse(null)))
        : Optional.empty();
  }

  private OciException missing() {
    return new OciException(
        OciException.Category.UNAUTHORIZED,
        "find an AWS key: no AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, no AWS_ROLE_ARN with"
            + " AWS_WEB_IDENTITY_TOKEN_FILE, and no key in the profile %s of ~/.aws; set one of them"
                .formatted(Quoted.of(profile.name())));
  }

  private AwsCredentials ofRole(String role, String tokenFile, Optional<String> session)
      throws IOException {
    var form =
        Map.of(
            "Action",
            "AssumeRoleWithWebIdentity",
            "Version",
            "2011-06-15",
            "RoleArn",
            role,
            "RoleSessionName",
            session.orElse("buildah-j"),
            "WebIdentityToken",
            token(tokenFile));
    var request =
        WebRequest.get("%s %s".formatted(ATTEMPT, Quoted.of(role)), tokenService()).posting(form);
    var answer = new String(web.ask(request), StandardCharsets.UTF_8);
    return new AwsCredentials(
        element("AccessKeyId", answer),
        element("SecretAccessKey", answer),
        element("SessionToken", answer));
  }

  private String tokenService() {
    return environment
        .variable("AWS_ENDPOINT_URL_STS")
        .orElseGet(() -> "https://sts." + domain() + "/");
  }

  private static String token(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new OciException(
          OciException.Category.IO, "read the token %s: %s".formatted(file, Reason.of(e)), e);
    }
  }

  private static String element(String name, String answer) {
    var matcher = Pattern.compile("<%1$s>([^<]+)</%1$s>".formatted(name)).matcher(answer);
    if (!matcher.find()) {
      throw new OciException(
          OciException.Category.INVALID, "%s: there is no %s in it".formatted(ATTEMPT, name));
    }
    return matcher.group(1).strip();
  }
}
