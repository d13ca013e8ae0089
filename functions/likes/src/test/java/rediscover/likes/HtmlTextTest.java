package rediscover.likes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTextTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a &amp; b, a & b",
        "&lt;b&gt;, <b>",
        "&quot;hi&quot;, \"hi\"",
        "it&#39;s, it's",
        "&#128512;&#x1F600;&#X1f600;, 😀😀😀",
        "&amp;lt; &amp;amp;, &lt; &amp;",
        "$1 \\ &amp; $0, $1 \\ & $0"
      })
  void entitiesBecomeWhatTheyStandForOnce(String html, String text) {
    assertThat(HtmlText.unescape(html)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "plain", "&", "&amp", "&;", "&#;", "&#x;", "&nbsp;", "&AMP;", "a&b;c"})
  void whatIsNoKnownEntityStays(String html) {
    assertThat(HtmlText.unescape(html)).isEqualTo(html);
  }

  @ParameterizedTest
  @ValueSource(strings = {"&#1114112;", "&#9999999;", "&#x110000;", "&#xD800;", "&#57343;"})
  void aNumberThatIsNoCharacterStays(String html) {
    assertThat(HtmlText.unescape(html)).isEqualTo(html);
  }
}
