namespace Actors.Grains.MoodMessages.Detection;

internal static class MoodText
{
    /// <summary>As much of a text as counts, without half a character at its end.</summary>
    public static string Excerpt(string text)
    {
        if (text.Length <= IMoodDetector.Longest)
        {
            return text;
        }
        var end = IMoodDetector.Longest;
        return char.IsHighSurrogate(text[end - 1]) ? text[..(end - 1)] : text[..end];
    }
}
