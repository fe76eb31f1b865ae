using System.Diagnostics;
using RoomGuard.Dashboard.Acts;

namespace RoomGuard.Service.Commands;

/// <summary>What is wrong with a field, for people at the command line; pages have their own, longer sentences.</summary>
public static class FaultText
{
    /// <summary>Japanese.</summary>
    public static string Ja(FieldFault fault) => Of(fault).Ja;

    /// <summary>English.</summary>
    public static string En(FieldFault fault) => Of(fault).En;

    private static (string Ja, string En) Of(FieldFault fault) => fault switch
    {
        FieldFault.Required => ("入力が必要です", "needed, and empty"),
        FieldFault.TooLong => ("長すぎます", "too long"),
        FieldFault.BadCharacters => ("使えない文字があります", "holds characters that are not allowed"),
        FieldFault.NotADate => ("日付ではありません", "not a date"),
        FieldFault.NotATime => ("時刻ではありません", "not a time of day"),
        FieldFault.NotANumber => ("整数ではありません", "not a whole number"),
        FieldFault.OutOfRange => ("範囲外です", "outside its range"),
        FieldFault.NotAChoice => ("選択肢にありません", "not one of the choices"),
        FieldFault.EndBeforeStart => ("終わりが始まりより後ではありません", "the end is not after the beginning"),
        FieldFault.LongerThanOneYear => ("1年を超えています", "longer than one year"),
        FieldFault.AlreadyOver => ("すでに終わっています", "already over"),
        FieldFault.Unknown => ("登録がありません", "not known"),
        FieldFault.AlreadyExists => ("すでに登録されています", "already exists"),
        FieldFault.CardTaken => ("ほかの人のカードです", "the card already belongs to somebody"),
        FieldFault.CardFinal => ("紛失・返却済みのカードは戻せません", "lost and returned cards are never brought back"),
        FieldFault.WeakPin => ("暗証番号は4〜8桁で、並び数字は使えません", "a PIN is four to eight digits and no simple row"),
        FieldFault.NothingToChange => ("変更がありません", "nothing to change"),
        FieldFault.ChangedMeanwhile => ("ほかの人が先に変更しました", "changed by somebody else meanwhile"),
        FieldFault.NotRecorded => ("記録できなかったため、変更していません", "could not be recorded; nothing was changed"),
        FieldFault.WrongColumnCount => ("列の数が違います", "wrong number of columns"),
        FieldFault.WrongHeader => ("見出し行が違います", "the header line is not the expected one"),
        FieldFault.UnreadableFile => ("ファイルを読めません", "the file cannot be read"),
        FieldFault.SamePerson => ("同じ人が両方の役になっています", "the same person on both sides"),
        FieldFault.NoRoleForIt => ("この役割がありません", "holds no role for this"),
        FieldFault.DoubledInFile => ("ファイルの中で重複しています", "stands twice in the file"),
        FieldFault.PasswordTooShort => ("パスワードが短すぎます", "the password is too short"),
        FieldFault.PasswordCommon => ("よく使われるパスワードです", "the password is a common one"),
        FieldFault.PasswordUsedBefore => ("最近使ったパスワードです", "one of the last passwords"),
        FieldFault.Differs => ("2つの入力が一致しません", "the two entries differ"),
        FieldFault.WrongCode => ("確認コードが違うか、使用済みです", "wrong or used one-time code"),
        FieldFault.WrongPasskey => ("パスキーを確認できません", "the passkey could not be verified"),
        FieldFault.LastProof => ("最後の本人確認手段です", "the last thing to sign in with"),
        _ => throw new UnreachableException($"No text for {fault}."),
    };
}
