namespace RoomGuard.Core.Zones;

/// <summary>What kind of 管理区域 a zone is (R-ZONE-01).</summary>
public enum ZoneKind
{
    /// <summary>サーバ室.</summary>
    ServerRoom,

    /// <summary>媒体の保管庫.</summary>
    MediaStore,
}

/// <summary>重要性分類 (R-ZONE-05): the smaller the number, the graver.</summary>
public enum ImportanceClass
{
    /// <summary>Ⅰ; also what is not classified yet.</summary>
    I = 1,

    /// <summary>Ⅱ.</summary>
    II = 2,

    /// <summary>Ⅲ.</summary>
    III = 3,

    /// <summary>Ⅳ.</summary>
    IV = 4,
}

/// <summary>系統 (R-ZONE-05). Which of them exist is a choice of the policy profile.</summary>
public enum Segment
{
    /// <summary>マイナンバー利用事務系.</summary>
    MyNumber,

    /// <summary>LGWAN接続系.</summary>
    Lgwan,

    /// <summary>標準システム接続系.</summary>
    StandardSystem,

    /// <summary>インターネット接続系.</summary>
    Internet,

    /// <summary>その他.</summary>
    Other,
}
