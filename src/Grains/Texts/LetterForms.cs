using System.Collections.Frozen;
using System.Text;

namespace Actors.Grains.Texts;

/// <summary>
/// Which plain letters and digits the many forms of them stand for: with accents, full-width, mathematical, in circles, small
/// capitals, and those of other scripts that look the same. A table of our own, for <see cref="string.Normalize()"/> changes
/// nothing in a build without cultures.
/// </summary>
internal static class LetterForms
{
    /// <summary>First the letter, then its forms. ñ is a letter of its own: an año is no ano.</summary>
    private static readonly string[] Letters =
    [
        "0⁰₀🯰🄋",
        "1¹₁🯱",
        "2²₂🯲",
        "3³₃🯳",
        "4⁴₄🯴",
        "5⁵₅🯵",
        "6⁶₆🯶",
        "7⁷₇🯷",
        "8⁸₈🯸",
        "9⁹₉🯹",
        "aªÀÁÂÃÄÅàáâãäåĀāĂăĄąǍǎǞǟǠǡǺǻȀȁȂȃȦȧᴬᵃḀḁẚẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặₐÅȺⱥᴀɑАаΑα",
        "bᴮᵇḂḃḄḅḆḇℬƀɃɓʙВвЬьΒβ",
        "cÇçĆćĈĉĊċČčᶜḈḉℂℭⅭⅽꟲȻȼƈᴄСсϹϲ",
        "dĎďᴰᵈḊḋḌḍḎḏḐḑḒḓⅅⅆⅮⅾĐđÐðɗᴅԀԁ",
        "eÈÉÊËèéêëĒēĔĕĖėĘęĚěȄȅȆȇȨȩᴱᵉḔḕḖḗḘḙḚḛḜḝẸẹẺẻẼẽẾếỀềỂểỄễỆệₑℯℰⅇɆɇᴇЕеЁёЀѐΕεҽ℮",
        "fᶠḞḟℱꟳƒꜰϜ",
        "gĜĝĞğĠġĢģǤǥǦǧǴǵᴳᵍḠḡℊɡɢɠ",
        "hĤĥĦħȞȟʰᴴḢḣḤḥḦḧḨḩḪḫẖₕℋℌℍℎʜНнҺһΗη",
        "iÌÍÎÏìíîïĨĩĪīĬĭĮįİıǏǐȈȉȊȋᴵᵢḬḭḮḯỈỉỊịⁱℐℑℹⅈⅠⅰɪІіЇїΙιӀӏ",
        "jĴĵǰʲᴶⅉⱼɈɉȷᴊЈјͿϳ",
        "kĶķǨǩᴷᵏḰḱḲḳḴḵₖKƘƙᴋКкΚκ",
        "lĹĺĻļĽľĿŀŁłˡᴸḶḷḸḹḺḻḼḽₗℒℓⅬⅼƚʟ",
        "mᴹᵐḾḿṀṁṂṃₘℳⅯⅿᴍМмΜ",
        "nŃńŅņŇňŉǸǹᴺṄṅṆṇṈṉṊṋⁿₙℕŊŋɴПпΝη",
        "oºÒÓÔÕÖòóôõöØøǾǿŌōŎŏŐőƠơǑǒǪǫǬǭȌȍȎȏȪȫȬȭȮȯȰȱᴼᵒṌṍṎṏṐṑṒṓỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợₒℴᴏОоΟοσՕօ",
        "pᴾᵖṔṕṖṗₚℙƤƥᴘРрΡρ",
        "qℚꟴ𐞥Ԛԛ",
        "rŔŕŖŗŘřȐȑȒȓʳᴿᵣṘṙṚṛṜṝṞṟℛℜℝɌɍʀГг",
        "sŚśŜŝŞşŠšſȘșˢṠṡṢṣṤṥṦṧṨṩẛₛꜱЅѕ",
        "tŢţŤťŦŧȚțᵀᵗṪṫṬṭṮṯṰṱẗₜƭᴛТтΤτ",
        "uÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưǓǔǕǖǗǘǙǚǛǜȔȕȖȗᵁᵘᵤṲṳṴṵṶṷṸṹṺṻỤụỦủỨứỪừỬửỮữỰựᴜυ",
        "vᵛᵥṼṽṾṿⅤⅴⱽᴠѴѵν",
        "wŴŵʷᵂẀẁẂẃẄẅẆẇẈẉẘᴡԜԝω",
        "xˣẊẋẌẍₓⅩⅹХхΧχ",
        "yÝýÿŶŷŸȲȳʸẎẏẙỲỳỴỵỶỷỸỹɎɏʏУуҮүΥγ",
        "zŹźŻżŽžᶻẐẑẒẓẔẕℤℨƵƶᴢΖ",
        "ñÑ",
        "@﹫",
        "$﹩",
    ];

    /// <summary>One character that stands for several.</summary>
    private static readonly string[] Joined =
    [
        "ssßẞ",
        "aeÆæǢǣǼǽ",
        "oeŒœ",
        "ffﬀ",
        "fiﬁ",
        "flﬂ",
        "ffiﬃ",
        "fflﬄ",
        "stﬅﬆ",
        "ijĲĳ",
        "iiⅡⅱ",
        "iiiⅢⅲ",
        "ivⅣⅳ",
        "viⅥⅵ",
        "viiⅦⅶ",
        "viiiⅧⅷ",
        "ixⅨⅸ",
        "xiⅪⅺ",
        "xiiⅫⅻ",
    ];

    /// <summary>Rows of A to Z, a to z or 0 to 9 in another dress: where they begin, how many, and what they begin with.</summary>
    private static readonly (int From, int Count, char First)[] Rows =
    [
        (0x2460, 9, '1'),
        (0x249C, 26, 'a'),
        (0x24B6, 26, 'a'),
        (0x24D0, 26, 'a'),
        (0x24F5, 9, '1'),
        (0x2776, 9, '1'),
        (0x2780, 9, '1'),
        (0x278A, 9, '1'),
        (0x1F101, 10, '0'),
        (0x1F110, 26, 'a'),
        (0x1F130, 26, 'a'),
        (0x1F150, 26, 'a'),
        (0x1F170, 26, 'a'),
    ];

    private const int FirstFullWidth = 0xFF01;
    private const int LastFullWidth = 0xFF5E;
    private const int FullWidthAbove = 0xFEE0;
    private const int FirstMathLetter = 0x1D400;
    private const int LastMathLetter = 0x1D6A3;
    private const int FirstMathDigit = 0x1D7CE;
    private const int LastMathDigit = 0x1D7FF;

    private static readonly FrozenDictionary<int, string> Forms = Table();

    /// <summary>Null for what is no form of anything else.</summary>
    public static string? Find(Rune rune) =>
        rune.Value switch
        {
            >= FirstFullWidth and <= LastFullWidth => Ascii(rune.Value - FullWidthAbove),
            >= FirstMathLetter and <= LastMathLetter => Ascii('a' + ((rune.Value - FirstMathLetter) % 26)),
            >= FirstMathDigit and <= LastMathDigit => Ascii('0' + ((rune.Value - FirstMathDigit) % 10)),
            _ => Forms.GetValueOrDefault(rune.Value),
        };

    private static string Ascii(int value) => char.ToLowerInvariant((char)value).ToString();

    private static FrozenDictionary<int, string> Table()
    {
        Dictionary<int, string> forms = [];
        foreach (var letter in Letters)
        {
            Enter(forms, letter[..1], letter[1..]);
        }
        foreach (var several in Joined)
        {
            var plain = several.TakeWhile(char.IsAscii).Count();
            Enter(forms, several[..plain], several[plain..]);
        }
        foreach (var (from, count, first) in Rows)
        {
            for (var step = 0; step < count; step++)
            {
                forms[from + step] = ((char)(first + step)).ToString();
            }
        }
        return forms.ToFrozenDictionary();
    }

    private static void Enter(Dictionary<int, string> forms, string plain, string others)
    {
        foreach (var rune in others.EnumerateRunes())
        {
            forms.TryAdd(rune.Value, plain);
        }
    }
}
