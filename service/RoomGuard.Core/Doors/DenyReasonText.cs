using System.Diagnostics;

namespace RoomGuard.Core.Doors;

/// <summary>One refusal reason in words (dashboard.md section 11.1).</summary>
/// <param name="LogJa">拒否理由 as the register shows it, Japanese.</param>
/// <param name="LogEn">The same in English.</param>
/// <param name="AtDoorJa">What a kiosk at the door may show when <paramref name="Fixable"/>.</param>
/// <param name="AtDoorEn">The same in English.</param>
/// <param name="Fixable">Whether the holder can mend it, so that <c>reasonAtDoor = fixable</c> shows it.</param>
/// <param name="WhatToDoJa">What staff does next, one sentence.</param>
/// <param name="WhatToDoEn">The same in English.</param>
public sealed record DenyReasonWords(
    string LogJa,
    string LogEn,
    string AtDoorJa,
    string AtDoorEn,
    bool Fixable,
    string WhatToDoJa,
    string WhatToDoEn);

/// <summary>拒否理由 as people read it, on the screen, in the 入退室管理簿 and at a kiosk. Bare readers show none of it (R-DOOR-01).</summary>
public static class DenyReasonText
{
    /// <summary>What the door shows whenever the reason may not be shown.</summary>
    public const string NeutralJa = "入室できません";

    /// <summary>The same in English.</summary>
    public const string NeutralEn = "Access denied";

    /// <summary>The sign in front of every refusal, so that colour is never the only one.</summary>
    public const string Symbol = "×";

    /// <summary>The reason in the register, Japanese, without its symbol.</summary>
    public static string Ja(DenyReason reason) => Of(reason).LogJa;

    /// <summary>The reason in the register, English.</summary>
    public static string En(DenyReason reason) => Of(reason).LogEn;

    /// <summary>"× 時間外": symbol and word.</summary>
    public static string LogJa(DenyReason reason) => $"{Symbol} {Of(reason).LogJa}";

    /// <summary>Symbol and word in English.</summary>
    public static string LogEn(DenyReason reason) => $"{Symbol} {Of(reason).LogEn}";

    /// <summary>Whether the holder can mend it.</summary>
    public static bool Fixable(DenyReason reason) => Of(reason).Fixable;

    /// <summary>What staff does next, Japanese.</summary>
    public static string WhatToDoJa(DenyReason reason) => Of(reason).WhatToDoJa;

    /// <summary>What staff does next, English.</summary>
    public static string WhatToDoEn(DenyReason reason) => Of(reason).WhatToDoEn;

    /// <summary>All words of a reason.</summary>
    public static DenyReasonWords Of(DenyReason reason) => reason switch
    {
        DenyReason.CardUnknown => new(
            "未登録カード", "Unknown card", NeutralJa, NeutralEn, false,
            "カードの持ち主を確かめ、必要なら「人・カード」でカードを登録してください。",
            "Find out whose card it is and, if it should open, register it under People and cards."),
        DenyReason.CardLost => new(
            "紛失届カード", "Card reported lost", NeutralJa, NeutralEn, false,
            "直ちに扉へ行き、カードを回収して情報セキュリティ管理者へ報告してください。見つかったカードは再び使えません。新しいカードを発行してください。",
            "Go to the door at once, take the card back and report to the security manager. A lost card is never used again: issue a new one."),
        DenyReason.CardSuspended => new(
            "利用停止", "Card suspended", NeutralJa, NeutralEn, false,
            "停止の理由を確かめ、解除してよければ情報システム管理者へ停止解除を申請してください。",
            "Look up why the card is suspended; to resume it, apply to the system manager."),
        DenyReason.CardReturned => new(
            "返却済カード", "Card already returned", NeutralJa, NeutralEn, false,
            "返却済みのカードが使われました。カードを回収し、返却の記録を情報セキュリティ管理者と確かめてください。",
            "A returned card was used: take it back and check the return with the security manager."),
        DenyReason.CardExpired => new(
            "カード有効期限切れ", "Card expired", "カードの有効期限が切れています", "Your card has expired", true,
            "カードの更新を情報システム管理者へ申請してください。",
            "Apply to the system manager for the card to be renewed."),
        DenyReason.CardNotYet => new(
            "カード有効期間前", "Card not yet valid", "カードはまだ有効ではありません", "Your card is not valid yet", true,
            "カードの開始日を確かめ、早める必要があれば情報システム管理者へ申請してください。",
            "Check the card's first day; to bring it forward, apply to the system manager."),
        DenyReason.PersonSuspended => new(
            "利用者停止", "Person suspended", NeutralJa, NeutralEn, false,
            "停止は統括情報セキュリティ責任者の判断です。解除は同責任者へ申し出てください。",
            "The suspension was decided by the supervising officer; only that officer lifts it."),
        DenyReason.PersonExpired => new(
            "在籍期間終了", "No longer in service", NeutralJa, NeutralEn, false,
            "異動・退職・契約終了の日付を人事担当と確かめ、カードを返却させてください。",
            "Check the leaving date with personnel and have the card returned."),
        DenyReason.PersonNotYet => new(
            "在籍期間前", "Not yet in service", "ご利用はまだ始まっていません", "You are not registered to start yet", true,
            "在籍・契約の開始日を所属の情報セキュリティ管理者と確かめてください。",
            "Check the first day of service or contract with the section's security manager."),
        DenyReason.NoGrant => new(
            "入室許可なし", "No entry grant", "入室許可がありません", "You hold no entry grant", true,
            "入室が必要なら、本人が情報システム管理者へ入室許可を申請してください。",
            "If entry is needed, the person applies to the system manager for an entry grant."),
        DenyReason.GrantSuspended => new(
            "入室許可の停止中", "Grant suspended", NeutralJa, NeutralEn, false,
            "停止の理由を確かめ、解除してよければ情報システム管理者へ申請してください。",
            "Look up why the grant is suspended; to resume it, apply to the system manager."),
        DenyReason.ZoneNotInGrant => new(
            "区域外", "Not permitted in this area", "この区域の入室許可がありません", "Not permitted in this area", true,
            "この区域が必要なら、区域の追加を情報システム管理者へ申請してください。",
            "If this area is needed, apply to the system manager for it to be added to the grant."),
        DenyReason.GrantExpired => new(
            "許可期限切れ", "Grant expired", "入室許可の期限が切れています", "Your access has expired", true,
            "入室許可の更新を情報システム管理者へ申請してください(期間は最長1年)。",
            "Apply to the system manager for the grant to be renewed (one year at most)."),
        DenyReason.GrantNotYet => new(
            "許可期間前", "Grant not yet in force", "入室許可はまだ始まっていません", "Your access has not started yet", true,
            "開始日まで待つか、早める必要があれば情報システム管理者へ変更を申請してください。",
            "Wait for the first day, or apply to the system manager to bring it forward."),
        DenyReason.OutsideHours => new(
            "時間外", "Outside permitted hours", "入室できる時間ではありません", "Outside your permitted hours", true,
            "許可された曜日・時間に来るか、時間の変更を情報システム管理者へ申請してください。",
            "Come at the permitted days and hours, or apply to the system manager for other hours."),
        DenyReason.MethodNotAllowed => new(
            "認証方法外", "Method not accepted", "この扉では使えない方法です", "Method not accepted here", true,
            "この区域で認められた認証方法(ICカードなど)を使うよう案内してください。",
            "Ask the person to use a method this area accepts, such as the card."),
        DenyReason.SecondFactorMissing => new(
            "二要素未完了", "Second factor missing", "時間内に二つ目の確認ができませんでした。もう一度カードからお試しください", "The second check did not follow in time. Start again with your card", true,
            "カードをかざしてから15秒以内に暗証番号を入れるよう案内してください。",
            "Ask the person to type the PIN within 15 seconds of showing the card."),
        DenyReason.PinWrong => new(
            "暗証番号不一致", "Wrong PIN", "入室できません もう一度お試しください", "Access denied, try again", false,
            "本人か確かめてください。忘れた場合は情報システム管理者へ暗証番号の再設定を申請してください。",
            "Make sure it is the holder; a forgotten PIN is set anew by the system manager on application."),
        DenyReason.PinNotSet => new(
            "暗証番号未登録", "No PIN set", "暗証番号が登録されていません", "No PIN is set for your card", true,
            "情報システム管理者へ暗証番号の登録を申請してください。",
            "Apply to the system manager for a PIN to be set."),
        DenyReason.FactorMismatch => new(
            "本人不一致", "Factors of two people", NeutralJa, NeutralEn, false,
            "カードの貸し借りが疑われます。情報セキュリティ管理者へ報告し、二人に事情を確かめてください。",
            "A card may have been lent: report to the security manager and ask both people."),
        DenyReason.Lockdown => new(
            "区域封鎖", "Lockdown", "ただいま入室を止めています", "Entry is stopped", true,
            "封鎖を指示した責任者の許しなく入室できません。必要なら例外の指名を求めてください。",
            "Nobody enters without the officer who ordered the lockdown; ask to be named as an exception if needed."),
        DenyReason.NoGrantList => new(
            "許可一覧なし", "No grant list", NeutralJa, NeutralEn, false,
            "扉の制御装置がまだ許可一覧を受け取っていません。サービスとの接続を「機器」で確かめ、手書きの入退室管理簿を始めてください。",
            "The bridge has not received a grant list yet: check its link under Devices and start the hand-written register."),
        DenyReason.GrantListTooOld => new(
            "許可一覧の期限切れ", "Grant list too old", NeutralJa, NeutralEn, false,
            "扉の制御装置とサービスの通信を直してください。それまでは手書きの入退室管理簿で、情報システム管理者の立会いのもと入室してください。",
            "Mend the link between bridge and service; until then enter by the hand-written register with the system manager present."),
        DenyReason.RecordUnavailable => new(
            "記録不能", "Cannot record", NeutralJa, NeutralEn, false,
            "扉の制御装置の記録領域を確かめてください(空き容量・ディスクの故障)。直るまで手書きの入退室管理簿を使ってください。",
            "Check the bridge's storage (space, disk fault); use the hand-written register until it is mended."),
        DenyReason.ReaderNotTrusted => new(
            "読取装置異常", "Reader not trusted", NeutralJa, NeutralEn, false,
            "読取装置のすり替え・開封の有無を現地で確かめ、「機器」の手順で復旧してください。それまで手書きの入退室管理簿を使ってください。",
            "Look at the reader for tampering or a swap and bring it back as Devices says; use the hand-written register until then."),
        DenyReason.OutsideContract => new(
            "契約外", "Outside the contract", NeutralJa, NeutralEn, false,
            "作業者の登録・作業場所・契約期間を契約の担当課の情報セキュリティ管理者と確かめてください。",
            "Check worker, places and term of the contract with the section's security manager."),
        DenyReason.PinHeld => new(
            "暗証番号の一時停止", "PIN held after wrong tries", "入室できません しばらくしてからお試しください", "Access denied, try again later", false,
            "本人か確かめてください。しばらく待つと再び使えます。忘れた場合は暗証番号の再設定を申請してください。",
            "Make sure it is the holder; the PIN works again after a while, and a forgotten one is set anew on application."),
        _ => throw new UnreachableException($"No text for {reason}."),
    };
}
